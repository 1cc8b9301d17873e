-- The state that an apply has uploaded so far; it becomes a state version when the apply ends.

ALTER TABLE phases
  ADD COLUMN state_object_id text,
  ADD COLUMN state_attempt   integer,
  ADD COLUMN state_bytes     bigint,
  ADD COLUMN state_md5       text;
