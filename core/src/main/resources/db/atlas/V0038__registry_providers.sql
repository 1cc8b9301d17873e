-- Providers of the private registry as they are published and managed, and the public keys that their
-- sums are signed with; what is served is the registry's own.
CREATE TABLE gpg_keys (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  -- The last digits of its fingerprint.
  key_id          text        NOT NULL CHECK (key_id ~ '^[0-9A-F]{16}$'),
  ascii_armor     text        NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE (organization_id, key_id)
);

CREATE TABLE registry_providers (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name            text        NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE (organization_id, name)
);

CREATE TABLE registry_provider_versions (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id          text        NOT NULL UNIQUE,
  registry_provider_id bigint      NOT NULL REFERENCES registry_providers ON DELETE CASCADE,
  -- A key that is in use is not deleted by itself; this is for the end of an organization.
  gpg_key_id           bigint      NOT NULL REFERENCES gpg_keys ON DELETE CASCADE,
  version              text        NOT NULL,
  protocols            text[]      NOT NULL,
  shasums_object_id    text,
  shasums_sha256       text,
  signature_object_id  text,
  signature_sha256     text,
  -- Grows with each change that the registry must be told of.
  revision             bigint      NOT NULL DEFAULT 1,
  -- The last one that the registry has answered.
  offered_revision     bigint      NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  UNIQUE (registry_provider_id, version)
);
CREATE INDEX registry_provider_versions_gpg_key ON registry_provider_versions (gpg_key_id);
CREATE INDEX registry_provider_versions_to_offer ON registry_provider_versions (id)
  WHERE offered_revision < revision;

CREATE TABLE registry_provider_platforms (
  id                           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id                  text        NOT NULL UNIQUE,
  registry_provider_version_id bigint      NOT NULL REFERENCES registry_provider_versions ON DELETE CASCADE,
  os                           text        NOT NULL,
  arch                         text        NOT NULL,
  filename                     text        NOT NULL,
  shasum                       text        NOT NULL CHECK (shasum ~ '^[0-9a-f]{64}$'),
  object_id                    text,
  created_at                   timestamptz NOT NULL,
  UNIQUE (registry_provider_version_id, os, arch)
);
