-- Private keys by which the terraform of a run fetches modules from git; only ciphertext is kept.
CREATE TABLE ssh_keys (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id      text        NOT NULL UNIQUE,
  organization_id  bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name             text        NOT NULL,
  value_ciphertext text        NOT NULL,
  created_at       timestamptz NOT NULL,
  UNIQUE (organization_id, name)
);

ALTER TABLE workspaces ADD COLUMN ssh_key_id bigint REFERENCES ssh_keys ON DELETE SET NULL;
CREATE INDEX workspaces_ssh_key ON workspaces (ssh_key_id);
