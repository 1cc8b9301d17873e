-- An apply in the source workspace queues a run in the other.
CREATE TABLE run_triggers (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id         text        NOT NULL UNIQUE,
  workspace_id        bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  source_workspace_id bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  created_at          timestamptz NOT NULL,
  UNIQUE (workspace_id, source_workspace_id),
  CHECK (workspace_id <> source_workspace_id)
);
CREATE INDEX run_triggers_source ON run_triggers (source_workspace_id);

-- Which workspaces an applied run has triggered already: its job may be done twice.
CREATE TABLE triggered_workspaces (
  run_id       bigint NOT NULL REFERENCES runs ON DELETE CASCADE,
  workspace_id bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  PRIMARY KEY (run_id, workspace_id)
);
