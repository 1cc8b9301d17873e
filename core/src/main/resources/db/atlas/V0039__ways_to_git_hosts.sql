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

-- Since when the host has refused to make the token new; NULL: it has not.
ALTER TABLE oauth_tokens ADD COLUMN renewal_refused_at timestamptz;
