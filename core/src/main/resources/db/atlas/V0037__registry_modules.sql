-- Modules of the private registry as they are published and managed; what is read from them, and what
-- is served, is the registry's own.
CREATE TABLE registry_modules (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id            text        NOT NULL UNIQUE,
  organization_id        bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name                   text        NOT NULL,
  provider               text        NOT NULL,
  status                 text        NOT NULL
    CHECK (status IN ('pending', 'no_version_tags', 'setup_failed', 'setup_complete')),
  publishing_mechanism   text        NOT NULL CHECK (publishing_mechanism IN ('branch', 'git_tag', 'non_vcs')),
  vcs_repository_id      bigint      REFERENCES vcs_repositories ON DELETE SET NULL,
  vcs_display_identifier text,
  -- Only of branch-based ones.
  vcs_branch             text,
  created_at             timestamptz NOT NULL,
  updated_at             timestamptz NOT NULL,
  UNIQUE (organization_id, name, provider)
);
CREATE INDEX registry_modules_repository ON registry_modules (vcs_repository_id);

CREATE TABLE registry_module_versions (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id        text        NOT NULL UNIQUE,
  registry_module_id bigint      NOT NULL REFERENCES registry_modules ON DELETE CASCADE,
  version            text        NOT NULL,
  source             text        NOT NULL,
  status             text        NOT NULL
    CHECK (status IN ('pending', 'cloning', 'clone_failed', 'reg_ingress_req_failed', 'reg_ingressing',
                      'reg_ingress_failed', 'ok')),
  error              text,
  tag                text,
  commit_sha         text,
  object_id          text,
  sha256             text,
  -- When the registry has taken it; NULL while it must be told.
  offered_at         timestamptz,
  created_at         timestamptz NOT NULL,
  updated_at         timestamptz NOT NULL,
  UNIQUE (registry_module_id, version)
);
CREATE INDEX registry_module_versions_to_offer ON registry_module_versions (id)
  WHERE status = 'reg_ingressing' AND offered_at IS NULL;
