-- What is kept, and how long, may differ by kind: states, configurations, and what runs leave
-- behind. A kind with neither days nor a number is kept for ever.
ALTER TABLE data_retention_policies
  ADD COLUMN state_days         integer CHECK (state_days > 0),
  ADD COLUMN state_keep         integer CHECK (state_keep > 0),
  ADD COLUMN configuration_days integer CHECK (configuration_days > 0),
  ADD COLUMN configuration_keep integer CHECK (configuration_keep > 0),
  ADD COLUMN run_days           integer CHECK (run_days > 0),
  ADD COLUMN run_keep           integer CHECK (run_keep > 0);

-- So far the days were those of states and configurations.
UPDATE data_retention_policies
   SET state_days = older_than_days, configuration_days = older_than_days;

ALTER TABLE data_retention_policies
  ADD COLUMN deletes boolean NOT NULL GENERATED ALWAYS AS (num_nonnulls(
    state_days, state_keep, configuration_days, configuration_keep, run_days, run_keep) > 0) STORED;

-- The policy of each workspace: its own, or its organization's.
DROP VIEW retention_in_force;
CREATE VIEW retention_in_force AS
SELECT w.id AS workspace_id, policy.state_days, policy.state_keep, policy.configuration_days,
       policy.configuration_keep, policy.run_days, policy.run_keep
  FROM workspaces w
       LEFT JOIN data_retention_policies own ON own.workspace_id = w.id
       LEFT JOIN data_retention_policies inherited ON inherited.organization_id = w.organization_id
       JOIN data_retention_policies policy ON policy.id = coalesce(own.id, inherited.id)
 WHERE policy.deletes;
