-- So that people who look at a flow see what its hops carried, and find from what a Git host has
-- told to the flow that followed. Hops of before, and of reporters that do not tell, have NULL.
ALTER TABLE hops ADD COLUMN sent jsonb;

ALTER TABLE vcs_events
  ADD COLUMN webhook_delivery_id bigint REFERENCES webhook_deliveries ON DELETE SET NULL;
CREATE INDEX vcs_events_delivery ON vcs_events (webhook_delivery_id);
