-- What site admins decide: limits of single organizations, who may be deleted, which versions of
-- Terraform there are.

ALTER TABLE organizations
  ADD COLUMN access_beta_tools       boolean NOT NULL DEFAULT false,
  ADD COLUMN is_disabled             boolean NOT NULL DEFAULT false,
  ADD COLUMN global_module_sharing   boolean NOT NULL DEFAULT false,
  ADD COLUMN global_provider_sharing boolean NOT NULL DEFAULT false,
  -- NULL: as the site has it.
  ADD COLUMN plan_timeout_seconds    integer CHECK (plan_timeout_seconds > 0),
  ADD COLUMN apply_timeout_seconds   integer CHECK (apply_timeout_seconds > 0),
  -- NULL: as the site has it; 0: none.
  ADD COLUMN workspace_limit         integer CHECK (workspace_limit >= 0);

-- A person's account can go; what they have done stays.
ALTER TABLE configuration_versions
  DROP CONSTRAINT configuration_versions_created_by_user_id_fkey,
  ADD FOREIGN KEY (created_by_user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE runs
  DROP CONSTRAINT runs_created_by_user_id_fkey,
  ADD FOREIGN KEY (created_by_user_id) REFERENCES users ON DELETE SET NULL,
  DROP CONSTRAINT runs_confirmed_by_user_id_fkey,
  ADD FOREIGN KEY (confirmed_by_user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE run_events
  DROP CONSTRAINT run_events_actor_user_id_fkey,
  ADD FOREIGN KEY (actor_user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE comments
  DROP CONSTRAINT comments_user_id_fkey,
  ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE state_versions
  DROP CONSTRAINT state_versions_created_by_user_id_fkey,
  ADD FOREIGN KEY (created_by_user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE tokens
  DROP CONSTRAINT tokens_created_by_user_id_fkey,
  ADD FOREIGN KEY (created_by_user_id) REFERENCES users ON DELETE SET NULL;

-- A version without an address is one that the workers have on their machines.
CREATE TABLE terraform_versions (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id       text        NOT NULL UNIQUE,
  version           text        NOT NULL UNIQUE,
  url               text,
  sha               text,
  -- A list of {url, sha, os, arch}.
  archs             jsonb       NOT NULL DEFAULT '[]',
  is_official       boolean     NOT NULL,
  is_enabled        boolean     NOT NULL,
  is_beta           boolean     NOT NULL,
  is_deprecated     boolean     NOT NULL,
  deprecated_reason text,
  created_at        timestamptz NOT NULL
);
CREATE INDEX workspaces_terraform_version ON workspaces (terraform_version);
