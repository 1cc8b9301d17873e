-- A repository of several modules: where one is, and what its tags begin with.
ALTER TABLE registry_modules ADD COLUMN vcs_tag_prefix text NOT NULL DEFAULT '';
ALTER TABLE registry_modules ADD COLUMN vcs_directory text NOT NULL DEFAULT '';
