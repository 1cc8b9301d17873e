-- Who looks at a workspace hears that what it follows is being fetched, and what became of that.
CREATE FUNCTION tell_of_fetch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('terrarium_' || TG_TABLE_SCHEMA, external_id)
     FROM workspaces WHERE id = NEW.workspace_id;
  RETURN NULL;
END $$;

CREATE TRIGGER fetches_begin AFTER INSERT ON configuration_versions FOR EACH ROW
  WHEN (NEW.status = 'fetching') EXECUTE FUNCTION tell_of_fetch();
CREATE TRIGGER fetches_end AFTER UPDATE ON configuration_versions FOR EACH ROW
  WHEN (OLD.status = 'fetching' AND NEW.status <> 'fetching') EXECUTE FUNCTION tell_of_fetch();
