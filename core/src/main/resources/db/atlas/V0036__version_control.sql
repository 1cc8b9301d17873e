-- Connections to Git hosts, the repositories that workspaces follow, and what their hosts have told.
CREATE TABLE oauth_clients (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id            text        NOT NULL UNIQUE,
  organization_id        bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name                   text,
  service_provider       text        NOT NULL,
  http_url               text        NOT NULL,
  -- NULL: the host has no API.
  api_url                text,
  -- The id of our OAuth application there; NULL where a token was given directly.
  key                    text,
  -- Of the OAuth application; for plain Git, of the webhooks.
  secret_ciphertext      text,
  callback_uuid          text        NOT NULL UNIQUE,
  is_organization_scoped boolean     NOT NULL,
  created_at             timestamptz NOT NULL,
  updated_at             timestamptz NOT NULL
);
CREATE INDEX oauth_clients_organization ON oauth_clients (organization_id, id);

-- The projects that may use a connection which is not for the whole organization.
CREATE TABLE oauth_client_projects (
  oauth_client_id bigint NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
  project_id      bigint NOT NULL REFERENCES projects ON DELETE CASCADE,
  PRIMARY KEY (oauth_client_id, project_id)
);
CREATE INDEX oauth_client_projects_project ON oauth_client_projects (project_id);

CREATE TABLE oauth_tokens (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id        text        NOT NULL UNIQUE,
  oauth_client_id    bigint      NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
  user_name          text,
  -- NULL: anybody may read there.
  value_ciphertext   text,
  refresh_ciphertext text,
  expires_at         timestamptz,
  ssh_key_ciphertext text,
  created_at         timestamptz NOT NULL
);
CREATE INDEX oauth_tokens_client ON oauth_tokens (oauth_client_id, id);

-- A repository as one connection reaches it, and its webhook, which all its followers share.
CREATE TABLE vcs_repositories (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id       text        NOT NULL UNIQUE,
  oauth_token_id    bigint      NOT NULL REFERENCES oauth_tokens ON DELETE CASCADE,
  identifier        text        NOT NULL,
  -- The last part of the webhook's address.
  webhook_token     text        NOT NULL UNIQUE,
  -- What its host signs with; NULL: the connection's own secret.
  secret_ciphertext text,
  -- What the host calls the webhook, once it knows it.
  hook_id           text,
  created_at        timestamptz NOT NULL,
  UNIQUE (oauth_token_id, identifier)
);

ALTER TABLE workspaces
  ADD COLUMN vcs_repository_id      bigint REFERENCES vcs_repositories ON DELETE SET NULL,
  ADD COLUMN vcs_display_identifier text,
  -- '': the repository's default branch.
  ADD COLUMN vcs_branch             text    NOT NULL DEFAULT '',
  ADD COLUMN vcs_ingress_submodules boolean NOT NULL DEFAULT false,
  -- Where set, tags start runs, and pushes to branches do not.
  ADD COLUMN vcs_tags_regex         text;
CREATE INDEX workspaces_vcs_repository ON workspaces (vcs_repository_id);

-- What came to a repository's webhook. A delivery that comes again finds its row.
CREATE TABLE webhook_deliveries (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id       text        NOT NULL UNIQUE,
  vcs_repository_id bigint      NOT NULL REFERENCES vcs_repositories ON DELETE CASCADE,
  -- As its host calls it.
  delivery_key      text        NOT NULL,
  event             jsonb       NOT NULL,
  received_at       timestamptz NOT NULL,
  processed_at      timestamptz,
  UNIQUE (vcs_repository_id, delivery_key)
);
CREATE INDEX webhook_deliveries_received ON webhook_deliveries (received_at);

-- Where a configuration from Git comes from.
CREATE TABLE ingress_attributes (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id              text        NOT NULL UNIQUE,
  configuration_version_id bigint      NOT NULL UNIQUE REFERENCES configuration_versions ON DELETE CASCADE,
  vcs_repository_id        bigint      REFERENCES vcs_repositories ON DELETE SET NULL,
  webhook_delivery_id      bigint      REFERENCES webhook_deliveries ON DELETE SET NULL,
  ingress_submodules       boolean     NOT NULL,
  identifier               text        NOT NULL,
  clone_url                text        NOT NULL,
  branch                   text,
  tag                      text,
  -- NULL until the newest commit of the branch is known.
  commit_sha               text,
  commit_message           text,
  commit_url               text,
  compare_url              text,
  on_default_branch        boolean,
  pull_request_number      integer,
  pull_request_title       text,
  pull_request_body        text,
  pull_request_url         text,
  sender_username          text,
  sender_avatar_url        text,
  sender_html_url          text,
  created_at               timestamptz NOT NULL
);
CREATE INDEX ingress_attributes_repository ON ingress_attributes (vcs_repository_id, commit_sha);
CREATE INDEX ingress_attributes_delivery ON ingress_attributes (webhook_delivery_id);

-- What was done with what came, for people.
CREATE TABLE vcs_events (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id      text        NOT NULL UNIQUE,
  organization_id  bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  oauth_client_id  bigint      REFERENCES oauth_clients ON DELETE CASCADE,
  oauth_token_id   bigint      REFERENCES oauth_tokens ON DELETE CASCADE,
  level            text        NOT NULL CHECK (level IN ('info', 'error')),
  message          text        NOT NULL,
  suggested_action text,
  created_at       timestamptz NOT NULL
);
CREATE INDEX vcs_events_organization ON vcs_events (organization_id, created_at, id);
CREATE INDEX vcs_events_client ON vcs_events (oauth_client_id);
CREATE INDEX vcs_events_token ON vcs_events (oauth_token_id);
CREATE INDEX vcs_events_created ON vcs_events (created_at);
