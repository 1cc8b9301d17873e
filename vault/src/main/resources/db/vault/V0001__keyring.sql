-- The keys of the transit engine, each version encrypted by the root key, and the root key sealed
-- by the encryption password.

CREATE TABLE seal (
  id         boolean PRIMARY KEY DEFAULT true CHECK (id),
  salt       bytea   NOT NULL,
  iterations integer NOT NULL,
  sealed_key bytea   NOT NULL
);

CREATE TABLE transit_keys (
  name       text        NOT NULL,
  version    integer     NOT NULL CHECK (version > 0),
  material   bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);
