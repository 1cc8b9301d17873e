-- People who are signed in with a browser: each by a secret in a cookie, of which only a keyed
-- digest is kept.
CREATE TABLE browser_sessions (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  secret_digest text        NOT NULL UNIQUE,
  user_id       bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at    timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL
);
CREATE INDEX browser_sessions_user ON browser_sessions (user_id);
CREATE INDEX browser_sessions_seen ON browser_sessions (seen_at);
