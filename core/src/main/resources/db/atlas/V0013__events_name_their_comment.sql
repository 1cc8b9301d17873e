ALTER TABLE run_events ADD COLUMN comment_id bigint REFERENCES comments ON DELETE CASCADE;
