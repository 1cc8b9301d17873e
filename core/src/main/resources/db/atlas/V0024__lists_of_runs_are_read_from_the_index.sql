-- A page of a workspace's runs is found without a look at the rows that are passed over: the index
-- holds all that a list is narrowed to as a rule.
CREATE INDEX runs_listed ON runs (workspace_id, id) INCLUDE (status, operation);
DROP INDEX runs_workspace;
