-- The README that workspaces show. A row without a text says that the newest configuration has none,
-- so that an older one, whose job comes late, does not bring its own back.
CREATE TABLE workspace_readmes (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id             bigint NOT NULL UNIQUE REFERENCES workspaces ON DELETE CASCADE,
  configuration_version_id bigint NOT NULL REFERENCES configuration_versions ON DELETE CASCADE,
  markdown                 text
);
CREATE INDEX workspace_readmes_configuration ON workspace_readmes (configuration_version_id);

-- What has been uploaded before is looked through as well.
INSERT INTO outbox (jid, class, queue, argument, flow, created_at)
SELECT left(replace(gen_random_uuid()::text, '-', ''), 24), 'ConfigurationVersions::ReadReadme',
       'default', jsonb_build_object('configuration_version_id', newest.external_id), '', now()
  FROM (SELECT DISTINCT ON (workspace_id) external_id FROM configuration_versions
         WHERE status = 'uploaded' AND NOT is_speculative
         ORDER BY workspace_id, id DESC) newest;
