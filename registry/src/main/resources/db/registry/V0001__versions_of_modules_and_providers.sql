-- What the registry protocols serve: versions as atlas has offered them, and what was read from
-- the modules. Atlas owns names and ids; a version of the same address comes under one id alone.

CREATE TABLE module_versions (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id  text        NOT NULL UNIQUE,
  namespace    text        NOT NULL,
  name         text        NOT NULL,
  provider     text        NOT NULL,
  version      text        NOT NULL,
  object_id    text        NOT NULL,
  source       text,
  published_at timestamptz NOT NULL,
  offered_at   timestamptz NOT NULL DEFAULT now(),
  status       text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'ok', 'failed')),
  error        text,
  -- The work on it: it is done once atlas has been told how it went. A worker claims the version
  -- until due_at; who finds a claim that was not given back follows one that died over it.
  is_told      boolean     NOT NULL DEFAULT false,
  due_at       timestamptz NOT NULL DEFAULT now(),
  claim        uuid,
  attempts     integer     NOT NULL DEFAULT 0,
  crashes      integer     NOT NULL DEFAULT 0,
  -- Why atlas does not want to know.
  refusal      text,
  UNIQUE (namespace, name, provider, version),
  CHECK ((error IS NOT NULL) = (status = 'failed')),
  CHECK (status <> 'pending' OR NOT is_told)
);
CREATE INDEX module_versions_due ON module_versions (due_at, id) WHERE NOT is_told;

-- One row for each module in a version, the root with an empty path.
CREATE TABLE module_contents (
  module_version_id     bigint NOT NULL REFERENCES module_versions ON DELETE CASCADE,
  path                  text   NOT NULL,
  readme                text,
  required_version      text,
  inputs                jsonb  NOT NULL,
  outputs               jsonb  NOT NULL,
  resources             jsonb  NOT NULL,
  provider_dependencies jsonb  NOT NULL,
  module_calls          jsonb  NOT NULL,
  PRIMARY KEY (module_version_id, path)
);

CREATE TABLE provider_versions (
  id                         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id                text   NOT NULL UNIQUE,
  namespace                  text   NOT NULL,
  type                       text   NOT NULL,
  version                    text   NOT NULL,
  protocols                  jsonb  NOT NULL,
  gpg_keys                   jsonb  NOT NULL,
  shasums_object_id          text,
  shasums_signature_object_id text,
  UNIQUE (namespace, type, version)
);

CREATE TABLE provider_platforms (
  provider_version_id bigint NOT NULL REFERENCES provider_versions ON DELETE CASCADE,
  os                  text   NOT NULL,
  arch                text   NOT NULL,
  filename            text   NOT NULL,
  shasum              text   NOT NULL,
  object_id           text,
  PRIMARY KEY (provider_version_id, os, arch)
);
