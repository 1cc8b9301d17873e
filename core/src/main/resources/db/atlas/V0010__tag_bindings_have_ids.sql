-- Clients name tags and their bindings by id; both ids are this one behind their prefix.

ALTER TABLE tag_bindings
  ADD COLUMN suffix     text        NOT NULL DEFAULT substr(replace(gen_random_uuid()::text, '-', ''), 1, 16) UNIQUE,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
