-- So that pages which are open show what happens as it is committed, without asking again and
-- again: whoever listens is told the ids of what has changed, never what it is now.
CREATE FUNCTION tell_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('terrarium_' || TG_TABLE_SCHEMA,
                    concat_ws(' ', NEW.external_id, w.external_id, o.external_id))
     FROM workspaces w, organizations o
    WHERE w.id = NEW.workspace_id AND o.id = NEW.organization_id;
  RETURN NULL;
END $$;

CREATE FUNCTION tell_of_part_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('terrarium_' || TG_TABLE_SCHEMA, external_id) FROM runs WHERE id = NEW.run_id;
  RETURN NULL;
END $$;

CREATE FUNCTION tell_of_hop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('terrarium_' || TG_TABLE_SCHEMA, concat_ws(' ', 'hops', 'hops/' || NEW.flow));
  RETURN NULL;
END $$;

CREATE TRIGGER runs_begin AFTER INSERT ON runs FOR EACH ROW EXECUTE FUNCTION tell_of_run();
CREATE TRIGGER runs_go_on AFTER UPDATE ON runs FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION tell_of_run();
CREATE TRIGGER phases_go_on AFTER UPDATE ON phases FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.attempt IS DISTINCT FROM NEW.attempt)
  EXECUTE FUNCTION tell_of_part_of_run();
CREATE TRIGGER run_events_happen AFTER INSERT ON run_events FOR EACH ROW
  EXECUTE FUNCTION tell_of_part_of_run();
CREATE TRIGGER hops_are_made AFTER INSERT ON hops FOR EACH ROW EXECUTE FUNCTION tell_of_hop();
