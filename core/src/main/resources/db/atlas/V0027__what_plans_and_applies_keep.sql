-- Whether a plan has stored the schemas of its providers; and the state that an apply could not
-- hand over as its workspace's.
ALTER TABLE phases
  ADD COLUMN has_schemas             boolean NOT NULL DEFAULT false,
  ADD COLUMN errored_state_object_id text;
