-- A site admin opens an account for somebody, or opens it again for who has lost the password: by a
-- link, of which only a keyed digest is kept, good once and for two days. A person has one at most.
-- Who has never used theirs has no password, and cannot sign in.
ALTER TABLE users ALTER COLUMN password_digest DROP NOT NULL;

CREATE TABLE password_links (
  user_id     bigint      PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  link_digest text        NOT NULL UNIQUE,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX password_links_expires ON password_links (expires_at);
