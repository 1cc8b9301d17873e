-- Workspaces tell other people's systems of their runs; the last answers of each receiver are kept.
CREATE TABLE notification_configurations (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id      text        NOT NULL UNIQUE,
  workspace_id     bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  name             text        NOT NULL,
  destination_type text        NOT NULL
                   CHECK (destination_type IN ('generic', 'slack', 'microsoft-teams')),
  url              text        NOT NULL,
  token_ciphertext text,
  enabled          boolean     NOT NULL,
  triggers         text[]      NOT NULL,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL
);
CREATE INDEX notification_configurations_workspace ON notification_configurations (workspace_id);

CREATE TABLE notification_deliveries (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  configuration_id bigint      NOT NULL REFERENCES notification_configurations ON DELETE CASCADE,
  url              text        NOT NULL,
  body             text        NOT NULL,
  code             text        NOT NULL,
  headers          jsonb       NOT NULL,
  successful       boolean     NOT NULL,
  sent_at          timestamptz NOT NULL
);
CREATE INDEX notification_deliveries_configuration
    ON notification_deliveries (configuration_id, id);
