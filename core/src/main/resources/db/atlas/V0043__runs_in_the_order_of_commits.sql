-- What is fetched from Git arrives in any order; runs begin in that of the pushes.
ALTER TABLE ingress_attributes
  -- A run follows the configuration, and has not been queued yet.
  ADD COLUMN is_run_due boolean NOT NULL DEFAULT false,
  -- When slug-ingress has told of the commit.
  ADD COLUMN told_at timestamptz;
UPDATE ingress_attributes i SET is_run_due = c.auto_queue_runs AND c.status = 'fetching',
       told_at = CASE WHEN c.status <> 'fetching' THEN i.created_at END
  FROM configuration_versions c WHERE c.id = i.configuration_version_id;
CREATE INDEX ingress_attributes_due ON ingress_attributes (configuration_version_id) WHERE is_run_due;
