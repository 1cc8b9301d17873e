-- Who belongs to an organization, and what its teams may do there.

CREATE TABLE organization_memberships (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  -- Somebody with an account, or an address to which nobody has one yet.
  user_id         bigint      REFERENCES users ON DELETE CASCADE,
  invited_email   text,
  created_at      timestamptz NOT NULL,
  UNIQUE (organization_id, user_id),
  CHECK ((user_id IS NULL) <> (invited_email IS NULL))
);
CREATE INDEX organization_memberships_user ON organization_memberships (user_id);
CREATE UNIQUE INDEX organization_memberships_invited
  ON organization_memberships (organization_id, lower(invited_email));
CREATE INDEX organization_memberships_email ON organization_memberships (lower(invited_email));

INSERT INTO organization_memberships (external_id, organization_id, user_id, created_at)
SELECT 'ou-' || translate(left(replace(gen_random_uuid()::text, '-', ''), 16), '0', 'z'),
       t.organization_id, m.user_id, min(t.created_at)
  FROM team_memberships m JOIN teams t ON t.id = m.team_id
 GROUP BY t.organization_id, m.user_id;

-- A team has members of its organization, also those who are invited.
ALTER TABLE team_memberships
  ADD membership_id bigint REFERENCES organization_memberships ON DELETE CASCADE;
UPDATE team_memberships m
   SET membership_id = o.id
  FROM teams t JOIN organization_memberships o ON o.organization_id = t.organization_id
 WHERE t.id = m.team_id AND o.user_id = m.user_id;
ALTER TABLE team_memberships DROP CONSTRAINT team_memberships_pkey;
ALTER TABLE team_memberships DROP COLUMN user_id;
ALTER TABLE team_memberships ADD PRIMARY KEY (team_id, membership_id);
CREATE INDEX team_memberships_membership ON team_memberships (membership_id);

ALTER TABLE teams
  ADD description                   text,
  ADD visibility                    text    NOT NULL DEFAULT 'secret'
                                      CHECK (visibility IN ('secret', 'organization')),
  ADD sso_team_id                   text,
  ADD allow_member_token_management boolean NOT NULL DEFAULT true,
  -- The API's names of what it may do in the whole organization, such as manage-workspaces.
  ADD organization_access           text[]  NOT NULL DEFAULT '{}';

-- In rising order: of several grants the highest holds.
CREATE TYPE run_access           AS ENUM ('read', 'plan', 'apply');
CREATE TYPE variable_access      AS ENUM ('none', 'read', 'write');
CREATE TYPE state_version_access AS ENUM ('none', 'read-outputs', 'read', 'write');
CREATE TYPE sentinel_mock_access AS ENUM ('none', 'read');
CREATE TYPE project_setting_access      AS ENUM ('read', 'update', 'delete');
CREATE TYPE project_team_access         AS ENUM ('none', 'read', 'manage');
CREATE TYPE project_variable_set_access AS ENUM ('none', 'read', 'write');

-- What a team may do in one workspace; a fixed access is written out in its columns.
CREATE TABLE team_workspaces (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id       text                 NOT NULL UNIQUE,
  team_id           bigint               NOT NULL REFERENCES teams ON DELETE CASCADE,
  workspace_id      bigint               NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  access            text                 NOT NULL
                      CHECK (access IN ('read', 'plan', 'write', 'admin', 'custom')),
  runs              run_access           NOT NULL,
  variables         variable_access      NOT NULL,
  state_versions    state_version_access NOT NULL,
  sentinel_mocks    sentinel_mock_access NOT NULL,
  workspace_locking boolean              NOT NULL,
  run_tasks         boolean              NOT NULL,
  policy_overrides  boolean              NOT NULL,
  UNIQUE (workspace_id, team_id)
);
CREATE INDEX team_workspaces_team ON team_workspaces (team_id);

-- The same for a project and all that is in it.
CREATE TABLE team_projects (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id       text                 NOT NULL UNIQUE,
  team_id           bigint               NOT NULL REFERENCES teams ON DELETE CASCADE,
  project_id        bigint               NOT NULL REFERENCES projects ON DELETE CASCADE,
  access            text                 NOT NULL
                      CHECK (access IN ('read', 'write', 'maintain', 'admin', 'custom')),
  settings          project_setting_access      NOT NULL,
  teams             project_team_access         NOT NULL,
  variable_sets     project_variable_set_access NOT NULL,
  workspace_create  boolean              NOT NULL,
  workspace_move    boolean              NOT NULL,
  workspace_delete  boolean              NOT NULL,
  workspace_locking boolean              NOT NULL,
  runs              run_access           NOT NULL,
  variables         variable_access      NOT NULL,
  state_versions    state_version_access NOT NULL,
  sentinel_mocks    sentinel_mock_access NOT NULL,
  run_tasks         boolean              NOT NULL,
  policy_overrides  boolean              NOT NULL,
  UNIQUE (project_id, team_id)
);
CREATE INDEX team_projects_team ON team_projects (team_id);

-- Who has made a token: a person, an organization or a team, each by their own token.
ALTER TABLE tokens
  ADD created_by_organization_id bigint REFERENCES organizations ON DELETE CASCADE,
  ADD created_by_team_id         bigint REFERENCES teams ON DELETE SET NULL;
CREATE UNIQUE INDEX tokens_team_description ON tokens (team_id, description) WHERE kind = 'team';
CREATE UNIQUE INDEX tokens_team_legacy ON tokens (team_id)
  WHERE kind = 'team' AND description IS NULL;
