-- How far people have come with the guided exercises. Kept with everything else, so that it comes
-- along with a backup: one of the exercises ends in the mesh that was restored.
CREATE TABLE lab_notes (
  user_id  bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
  lab      text        NOT NULL CHECK (length(lab) <= 90),
  began_at timestamptz NOT NULL,
  facts    jsonb       NOT NULL DEFAULT '{}',
  passed   jsonb       NOT NULL DEFAULT '{}',
  PRIMARY KEY (user_id, lab)
);
