-- People connect by the page of a Git host, and webhooks of connections that are gone are taken away.

-- Somebody on the way to a host and back, in the browser in which they began.
CREATE TABLE oauth_logins (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  oauth_client_id bigint      NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
  -- Keyed hashes of what only the browser has.
  state_digest    text        NOT NULL UNIQUE,
  browser_digest  text        NOT NULL,
  expires_at      timestamptz NOT NULL
);
CREATE INDEX oauth_logins_client ON oauth_logins (oauth_client_id);
CREATE INDEX oauth_logins_expired ON oauth_logins (expires_at);

ALTER TABLE oauth_tokens
  -- When the host refused to make the token new, of which people have been told; NULL: it has not.
  ADD COLUMN renewal_refused_at   timestamptz,
  -- Until then it is not asked again.
  ADD COLUMN renewal_pauses_until timestamptz;

-- While the host is asked to take the webhook away, since nobody follows the repository.
ALTER TABLE vcs_repositories ADD COLUMN hook_leaves_at timestamptz;

-- Webhooks at hosts whose connections are gone here, with what is needed to take them away.
CREATE TABLE abandoned_webhooks (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- That of the repository.
  external_id      text        NOT NULL UNIQUE,
  -- NULL: it is gone too.
  organization_id  bigint      REFERENCES organizations ON DELETE SET NULL,
  service_provider text        NOT NULL,
  http_url         text        NOT NULL,
  api_url          text        NOT NULL,
  identifier       text        NOT NULL,
  -- The last part of the webhook's address.
  webhook_token    text        NOT NULL,
  token_ciphertext text        NOT NULL,
  created_at       timestamptz NOT NULL
);
CREATE INDEX abandoned_webhooks_organization ON abandoned_webhooks (organization_id);
