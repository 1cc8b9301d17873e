-- Who canceled a run, and whose apply has set it off; what a state was rolled back to; how the
-- workspaces of a project run.
ALTER TABLE runs
  ADD COLUMN canceled_by_user_id bigint REFERENCES users ON DELETE SET NULL,
  ADD COLUMN triggering_run_id   bigint REFERENCES runs ON DELETE SET NULL;
CREATE INDEX runs_canceled_by ON runs (canceled_by_user_id) WHERE canceled_by_user_id IS NOT NULL;
CREATE INDEX runs_triggering_run ON runs (triggering_run_id) WHERE triggering_run_id IS NOT NULL;

ALTER TABLE state_versions
  ADD COLUMN rollback_state_version_id bigint REFERENCES state_versions ON DELETE SET NULL;
CREATE INDEX state_versions_rollback ON state_versions (rollback_state_version_id)
  WHERE rollback_state_version_id IS NOT NULL;

-- NULL: as the organization has it.
ALTER TABLE projects
  ADD COLUMN default_execution_mode text CHECK (default_execution_mode IN ('remote', 'local'));
