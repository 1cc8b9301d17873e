-- The managed resource instances of each workspace's current state, for its list of resources.
CREATE TABLE workspace_resources (
  id                           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id                  text        NOT NULL UNIQUE,
  workspace_id                 bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  address                      text        NOT NULL,
  module                       text        NOT NULL,
  provider                     text        NOT NULL,
  type                         text        NOT NULL,
  name                         text        NOT NULL,
  name_index                   text,
  -- Keyed, since what it is made of may be secret.
  fingerprint                  text        NOT NULL,
  -- The state that was last seen to have it, and the one that has changed it last.
  state_version_key            bigint      NOT NULL,
  modified_by_state_version_id text        NOT NULL,
  created_at                   timestamptz NOT NULL,
  updated_at                   timestamptz NOT NULL
);
-- An address may be longer than an index's entry.
CREATE UNIQUE INDEX workspace_resources_address ON workspace_resources (workspace_id, md5(address));
