-- Whose runs may read a workspace's state where global_remote_state does not let all of them.
CREATE TABLE remote_state_consumers (
  workspace_id bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  consumer_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  PRIMARY KEY (workspace_id, consumer_id),
  CHECK (workspace_id <> consumer_id)
);
CREATE INDEX remote_state_consumers_consumer ON remote_state_consumers (consumer_id);
