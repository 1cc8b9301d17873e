-- How long the files of states and configurations are kept, where somebody has said so; and tags
-- that workspaces inherit from their project.
CREATE TABLE data_retention_policies (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      UNIQUE REFERENCES organizations ON DELETE CASCADE,
  workspace_id    bigint      UNIQUE REFERENCES workspaces ON DELETE CASCADE,
  -- NULL: for ever.
  older_than_days integer     CHECK (older_than_days > 0),
  created_at      timestamptz NOT NULL,
  CHECK (num_nonnulls(organization_id, workspace_id) = 1)
);

-- The workspaces whose files are deleted after some days, by their own policy or by their
-- organization's.
CREATE VIEW retention_in_force AS
SELECT w.id AS workspace_id,
       CASE WHEN own.id IS NULL THEN inherited.older_than_days ELSE own.older_than_days END AS days
  FROM workspaces w
       LEFT JOIN data_retention_policies own ON own.workspace_id = w.id
       LEFT JOIN data_retention_policies inherited ON inherited.organization_id = w.organization_id
 WHERE CASE WHEN own.id IS NULL THEN inherited.older_than_days ELSE own.older_than_days END
         IS NOT NULL;

-- From when on the files wait to be deleted for good.
ALTER TABLE state_versions ADD COLUMN soft_deleted_at timestamptz;
CREATE INDEX state_versions_soft_deleted ON state_versions (soft_deleted_at)
  WHERE status = 'backing_data_soft_deleted';
ALTER TABLE configuration_versions ADD COLUMN soft_deleted_at timestamptz;
CREATE INDEX configuration_versions_soft_deleted ON configuration_versions (soft_deleted_at)
  WHERE status = 'backing_data_soft_deleted';

-- All workspaces of the project have these tags, but those that they give another value.
CREATE TABLE project_tag_bindings (
  project_id bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
  key        text        NOT NULL,
  value      text,
  suffix     text        NOT NULL DEFAULT substr(replace(gen_random_uuid()::text, '-', ''), 1, 16) UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, key)
);
