-- Variables that many workspaces share, and which of them a workspace gets.
CREATE TABLE variable_sets (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  -- The project that owns it; NULL: the organization does.
  project_id      bigint      REFERENCES projects ON DELETE CASCADE,
  name            text        NOT NULL,
  description     text        NOT NULL DEFAULT '',
  is_global       boolean     NOT NULL,
  is_priority     boolean     NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE (organization_id, name),
  CHECK (NOT is_global OR project_id IS NULL)
);
CREATE INDEX variable_sets_project ON variable_sets (project_id);

-- What a set is applied to. While it is global, this is kept and does not count.
CREATE TABLE variable_set_workspaces (
  variable_set_id bigint NOT NULL REFERENCES variable_sets ON DELETE CASCADE,
  workspace_id    bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  PRIMARY KEY (variable_set_id, workspace_id)
);
CREATE INDEX variable_set_workspaces_workspace ON variable_set_workspaces (workspace_id);

CREATE TABLE variable_set_projects (
  variable_set_id bigint NOT NULL REFERENCES variable_sets ON DELETE CASCADE,
  project_id      bigint NOT NULL REFERENCES projects ON DELETE CASCADE,
  PRIMARY KEY (variable_set_id, project_id)
);
CREATE INDEX variable_set_projects_project ON variable_set_projects (project_id);

-- A variable is of a workspace or of a set.
ALTER TABLE variables
  ALTER COLUMN workspace_id DROP NOT NULL,
  ADD COLUMN variable_set_id bigint REFERENCES variable_sets ON DELETE CASCADE,
  ADD UNIQUE (variable_set_id, category, key),
  ADD CHECK (num_nonnulls(workspace_id, variable_set_id) = 1);

-- Which sets a workspace gets, and how: rank 1 is the strongest. Ranks up to 5 are those of priority
-- sets, which override what a run is given; 7 is left to the workspace's own variables. A set that
-- is applied in two ways is here twice. A project's set does not follow a workspace that moves.
CREATE VIEW applied_variable_sets AS
SELECT w.id AS workspace_id, s.id AS variable_set_id,
       CASE WHEN s.is_priority THEN 1 ELSE 12 END AS rank
  FROM variable_sets s JOIN workspaces w ON w.organization_id = s.organization_id
 WHERE s.is_global
UNION ALL
SELECT w.id, s.id,
       CASE WHEN s.is_priority THEN CASE WHEN s.project_id IS NULL THEN 2 ELSE 4 END
            WHEN s.project_id IS NULL THEN 11 ELSE 9 END
  FROM variable_set_projects l JOIN variable_sets s ON s.id = l.variable_set_id
       JOIN workspaces w ON w.project_id = l.project_id
 WHERE NOT s.is_global
UNION ALL
SELECT w.id, s.id,
       CASE WHEN s.is_priority THEN CASE WHEN s.project_id IS NULL THEN 3 ELSE 5 END
            WHEN s.project_id IS NULL THEN 10 ELSE 8 END
  FROM variable_set_workspaces l JOIN variable_sets s ON s.id = l.variable_set_id
       JOIN workspaces w ON w.id = l.workspace_id
 WHERE NOT s.is_global AND (s.project_id IS NULL OR s.project_id = w.project_id);

-- Every variable that reaches a workspace; of the same rank, the set whose name sorts first wins.
CREATE VIEW reaching_variables AS
SELECT v.workspace_id, v.id AS variable_id, v.category, v.key, 7 AS rank, '' AS set_name
  FROM variables v WHERE v.workspace_id IS NOT NULL
UNION ALL
SELECT a.workspace_id, v.id, v.category, v.key, a.rank, s.name
  FROM applied_variable_sets a JOIN variable_sets s ON s.id = a.variable_set_id
       JOIN variables v ON v.variable_set_id = s.id;

-- Those of them that win.
CREATE VIEW effective_variables AS
SELECT DISTINCT ON (workspace_id, category, key)
       workspace_id, variable_id, category, key, rank <= 5 AS is_priority
  FROM reaching_variables
 ORDER BY workspace_id, category, key, rank, set_name COLLATE "C";
