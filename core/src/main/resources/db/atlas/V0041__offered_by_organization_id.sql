-- The registry keeps versions by the ids of organizations now: all are offered to it once more.
UPDATE registry_module_versions SET status = 'reg_ingressing', offered_at = NULL WHERE status = 'ok';
UPDATE registry_provider_versions SET revision = revision + 1;
