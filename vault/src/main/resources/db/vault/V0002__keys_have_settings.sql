-- What an operator sets of a key, and the tokens of those who log in: several vaults share both.

CREATE SEQUENCE transit_revisions;

-- The revision changes with every change of a key, and is never one that the name had before: a
-- vault that remembers a key sees by it alone that another vault has changed or replaced it.
CREATE TABLE transit_key_settings (
  name                   text    PRIMARY KEY,
  revision               bigint  NOT NULL DEFAULT nextval('transit_revisions'),
  min_decryption_version integer NOT NULL DEFAULT 1 CHECK (min_decryption_version > 0),
  min_encryption_version integer NOT NULL DEFAULT 0 CHECK (min_encryption_version >= 0),
  min_available_version  integer NOT NULL DEFAULT 0 CHECK (min_available_version >= 0),
  deletion_allowed       boolean NOT NULL DEFAULT false
);

INSERT INTO transit_key_settings (name) SELECT DISTINCT name FROM transit_keys;

ALTER TABLE transit_keys
  ADD FOREIGN KEY (name) REFERENCES transit_key_settings ON DELETE CASCADE;

-- Only the digest of a token is kept, so that nobody who reads the table has one.
CREATE TABLE client_tokens (
  digest         bytea       PRIMARY KEY,
  accessor       text        NOT NULL UNIQUE,
  period_seconds integer     NOT NULL CHECK (period_seconds > 0),
  created_at     timestamptz NOT NULL DEFAULT now(),
  renewed_at     timestamptz,
  expires_at     timestamptz NOT NULL
);
CREATE INDEX client_tokens_expire ON client_tokens (expires_at);
