-- A notification configuration belongs to a workspace, or to a project: then it is told of the runs
-- of all its workspaces.
ALTER TABLE notification_configurations
  ALTER COLUMN workspace_id DROP NOT NULL,
  ADD COLUMN project_id bigint REFERENCES projects ON DELETE CASCADE,
  ADD CONSTRAINT notification_configurations_subscribable
    CHECK (num_nonnulls(workspace_id, project_id) = 1);
CREATE INDEX notification_configurations_project ON notification_configurations (project_id);
