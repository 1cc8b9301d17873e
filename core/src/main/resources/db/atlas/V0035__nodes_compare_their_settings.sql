-- Nodes that share this database must share some settings as well. Each leaves keyed digests of
-- these, never the values, and a node that starts with others is refused.
CREATE TABLE node_settings (
  node    text PRIMARY KEY,
  salt    bytea NOT NULL,
  digests jsonb NOT NULL,
  seen_at timestamptz NOT NULL
);
