-- People let the terraform on their machine in: their browser brings it a code, of which only a keyed
-- digest is kept, good once and for two minutes.
CREATE TABLE login_codes (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code_digest  text        NOT NULL UNIQUE,
  user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
  challenge    text        NOT NULL,
  redirect_uri text        NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX login_codes_user ON login_codes (user_id);
CREATE INDEX login_codes_expires ON login_codes (expires_at);
