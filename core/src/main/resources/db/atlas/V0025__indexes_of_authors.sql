-- Who deletes an account, a team or an organization need not read all that anybody has done.
CREATE INDEX configuration_versions_created_by ON configuration_versions (created_by_user_id)
  WHERE created_by_user_id IS NOT NULL;
CREATE INDEX runs_created_by ON runs (created_by_user_id) WHERE created_by_user_id IS NOT NULL;
CREATE INDEX runs_confirmed_by ON runs (confirmed_by_user_id) WHERE confirmed_by_user_id IS NOT NULL;
CREATE INDEX run_events_actor ON run_events (actor_user_id) WHERE actor_user_id IS NOT NULL;
CREATE INDEX comments_user ON comments (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX state_versions_created_by ON state_versions (created_by_user_id)
  WHERE created_by_user_id IS NOT NULL;
CREATE INDEX tokens_created_by_organization ON tokens (created_by_organization_id)
  WHERE created_by_organization_id IS NOT NULL;
CREATE INDEX tokens_created_by_team ON tokens (created_by_team_id)
  WHERE created_by_team_id IS NOT NULL;
