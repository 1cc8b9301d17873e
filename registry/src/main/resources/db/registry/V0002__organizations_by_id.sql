-- An organization's name may become another's, and what it has published must not go with it. What
-- stands here under names is offered once more by atlas, under ids; until then nobody reads it.
ALTER TABLE module_versions RENAME COLUMN namespace TO organization_id;
ALTER TABLE provider_versions RENAME COLUMN namespace TO organization_id;
