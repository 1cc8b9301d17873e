-- Everything that one run needs: who may ask for it, where it happens, what it makes.
-- Numbers are the keys and the order; the external ids are what clients see.

CREATE TABLE users (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  username        text        NOT NULL,
  email           text        NOT NULL,
  password_digest text        NOT NULL,
  is_site_admin   boolean     NOT NULL DEFAULT false,
  is_suspended    boolean     NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX users_email ON users (lower(email));

CREATE TABLE organizations (
  id                                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id                          text        NOT NULL UNIQUE,
  name                                 text        NOT NULL,
  email                                text        NOT NULL,
  default_execution_mode               text        NOT NULL DEFAULT 'remote'
                                         CHECK (default_execution_mode IN ('remote', 'local')),
  collaborator_auth_policy             text        NOT NULL DEFAULT 'password'
                                         CHECK (collaborator_auth_policy IN ('password', 'two_factor_mandatory')),
  session_timeout_minutes              integer,
  session_remember_minutes             integer,
  allow_force_delete_workspaces        boolean     NOT NULL DEFAULT false,
  aggregated_commit_status_enabled     boolean     NOT NULL DEFAULT true,
  speculative_plan_management_enabled  boolean     NOT NULL DEFAULT true,
  send_passing_statuses_for_untriggered_speculative_plans boolean NOT NULL DEFAULT false,
  cost_estimation_enabled              boolean     NOT NULL DEFAULT false,
  assessments_enforced                 boolean     NOT NULL DEFAULT false,
  owners_team_saml_role_id             text,
  created_at                           timestamptz NOT NULL,
  lock_version                         integer     NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX organizations_name ON organizations (lower(name));

-- The owners team is a team like any other; more teams come with their rights.
CREATE TABLE teams (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name            text        NOT NULL,
  created_at      timestamptz NOT NULL,
  UNIQUE (organization_id, name)
);

CREATE TABLE team_memberships (
  team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_memberships_user ON team_memberships (user_id);

CREATE TABLE projects (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id     text        NOT NULL UNIQUE,
  organization_id bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  name            text        NOT NULL,
  description     text        NOT NULL DEFAULT '',
  is_default      boolean     NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL,
  lock_version    integer     NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX projects_name ON projects (organization_id, lower(name));
CREATE UNIQUE INDEX projects_default ON projects (organization_id) WHERE is_default;

-- What a site admin sets for the whole installation; one row.
CREATE TABLE general_settings (
  id                                    boolean PRIMARY KEY DEFAULT true CHECK (id),
  limit_user_organization_creation      boolean NOT NULL DEFAULT true,
  api_rate_limiting_enabled             boolean NOT NULL DEFAULT true,
  api_rate_limit                        integer NOT NULL DEFAULT 30 CHECK (api_rate_limit >= 30),
  send_passing_statuses_for_untriggered_speculative_plans boolean NOT NULL DEFAULT false,
  allow_speculative_plans_on_pull_requests_from_forks     boolean NOT NULL DEFAULT false,
  require_two_factor_for_admins         boolean NOT NULL DEFAULT false,
  fair_run_queuing_enabled              boolean NOT NULL DEFAULT true,
  default_remote_state_access           boolean NOT NULL DEFAULT true,
  limit_organizations_per_user          boolean NOT NULL DEFAULT false,
  default_organizations_per_user_ceiling integer,
  limit_workspaces_per_organization     boolean NOT NULL DEFAULT false,
  default_workspaces_per_organization_ceiling integer,
  plan_timeout_seconds                  integer NOT NULL DEFAULT 7200 CHECK (plan_timeout_seconds > 0),
  apply_timeout_seconds                 integer NOT NULL DEFAULT 86400 CHECK (apply_timeout_seconds > 0)
);
INSERT INTO general_settings DEFAULT VALUES;

CREATE TABLE workspaces (
  id                            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id                   text        NOT NULL UNIQUE,
  organization_id               bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  project_id                    bigint      NOT NULL REFERENCES projects,
  name                          text        NOT NULL,
  description                   text,
  -- NULL: as the organization has it.
  execution_mode                text        CHECK (execution_mode IN ('remote', 'local')),
  terraform_version             text        NOT NULL,
  working_directory             text        NOT NULL DEFAULT '',
  auto_apply                    boolean     NOT NULL DEFAULT false,
  auto_apply_run_trigger        boolean     NOT NULL DEFAULT false,
  allow_destroy_plan            boolean     NOT NULL DEFAULT true,
  assessments_enabled           boolean     NOT NULL DEFAULT false,
  file_triggers_enabled         boolean     NOT NULL DEFAULT true,
  global_remote_state           boolean     NOT NULL,
  queue_all_runs                boolean     NOT NULL DEFAULT false,
  speculative_enabled           boolean     NOT NULL DEFAULT true,
  structured_run_output_enabled boolean     NOT NULL DEFAULT true,
  trigger_prefixes              text[]      NOT NULL DEFAULT '{}',
  trigger_patterns              text[]      NOT NULL DEFAULT '{}',
  source                        text        NOT NULL DEFAULT 'tfe-api',
  source_name                   text,
  source_url                    text,
  -- Who holds the lock: a user, a team or a run, by external id.
  locked_by_type                text        CHECK (locked_by_type IN ('users', 'teams', 'runs')),
  locked_by_id                  text,
  lock_reason                   text,
  -- The run that holds the workspace from leaving `pending` until its end, then the last such run.
  current_run_id                bigint,
  current_state_version_id      bigint,
  current_configuration_version_id bigint,
  resource_count                integer     NOT NULL DEFAULT 0,
  created_at                    timestamptz NOT NULL,
  updated_at                    timestamptz NOT NULL,
  latest_change_at              timestamptz NOT NULL,
  lock_version                  integer     NOT NULL DEFAULT 0,
  CHECK ((locked_by_type IS NULL) = (locked_by_id IS NULL))
);
CREATE UNIQUE INDEX workspaces_name ON workspaces (organization_id, lower(name));
CREATE INDEX workspaces_project ON workspaces (project_id);
CREATE INDEX workspaces_current_run ON workspaces (current_run_id);

-- Tags: a plain tag has no value.
CREATE TABLE tag_bindings (
  workspace_id bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  key          text   NOT NULL,
  value        text,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX tag_bindings_key ON tag_bindings (key, value);

-- Every value is transit ciphertext, sensitive or not.
CREATE TABLE variables (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id      text        NOT NULL UNIQUE,
  workspace_id     bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  key              text        NOT NULL,
  value_ciphertext text,
  description      text,
  category         text        NOT NULL CHECK (category IN ('terraform', 'env')),
  is_hcl           boolean     NOT NULL DEFAULT false,
  is_sensitive     boolean     NOT NULL DEFAULT false,
  version_id       text        NOT NULL,
  created_at       timestamptz NOT NULL,
  UNIQUE (workspace_id, category, key)
);

CREATE TABLE configuration_versions (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id        text        NOT NULL UNIQUE,
  workspace_id       bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  status             text        NOT NULL CHECK (status IN ('pending', 'fetching', 'uploaded', 'archived',
                       'errored', 'backing_data_soft_deleted', 'backing_data_permanently_deleted')),
  source             text        NOT NULL,
  is_speculative     boolean     NOT NULL,
  is_provisional     boolean     NOT NULL,
  auto_queue_runs    boolean     NOT NULL,
  error              text,
  error_message      text,
  object_id          text,
  bytes              bigint,
  status_timestamps  jsonb       NOT NULL DEFAULT '{}',
  created_by_user_id bigint      REFERENCES users,
  created_at         timestamptz NOT NULL,
  lock_version       integer     NOT NULL DEFAULT 0
);
CREATE INDEX configuration_versions_workspace ON configuration_versions (workspace_id, id);

CREATE TABLE runs (
  id                        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id               text        NOT NULL UNIQUE,
  organization_id           bigint      NOT NULL REFERENCES organizations ON DELETE CASCADE,
  workspace_id              bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  configuration_version_id  bigint      NOT NULL REFERENCES configuration_versions,
  status                    text        NOT NULL CHECK (status IN (
    'pending', 'fetching', 'fetching_completed', 'pre_plan_running', 'pre_plan_completed', 'queuing',
    'plan_queued', 'planning', 'planned', 'cost_estimating', 'cost_estimated', 'policy_checking',
    'policy_override', 'policy_soft_failed', 'policy_checked', 'post_plan_running',
    'post_plan_awaiting_decision', 'post_plan_completed', 'planned_and_finished', 'planned_and_saved',
    'confirmed', 'pre_apply_running', 'pre_apply_completed', 'queuing_apply', 'apply_queued', 'applying',
    'post_apply_running', 'post_apply_completed', 'applied', 'discarded', 'errored', 'canceled',
    'force_canceled')),
  operation                 text        NOT NULL CHECK (operation IN (
    'plan_and_apply', 'plan_only', 'refresh_only', 'destroy', 'empty_apply', 'save_plan')),
  message                   text        NOT NULL,
  source                    text        NOT NULL,
  trigger_reason            text        NOT NULL,
  is_destroy                boolean     NOT NULL,
  refresh                   boolean     NOT NULL,
  refresh_only              boolean     NOT NULL,
  auto_apply                boolean     NOT NULL,
  allow_empty_apply         boolean     NOT NULL,
  allow_config_generation   boolean     NOT NULL,
  plan_only                 boolean     NOT NULL,
  save_plan                 boolean     NOT NULL,
  debugging_mode            boolean     NOT NULL,
  structured_log            boolean     NOT NULL,
  target_addrs              text[],
  replace_addrs             text[],
  -- Ciphertext of a JSON list of {key, value}; NULL when none were given.
  variables_ciphertext      text,
  -- The workspace's variables as they were when the run was created, as ciphertext.
  pinned_variables_ciphertext text,
  terraform_version         text        NOT NULL,
  has_changes               boolean     NOT NULL DEFAULT false,
  -- 0 apply, 1 plan, 2 speculative.
  priority                  smallint    NOT NULL,
  -- Set while a person's cancel waits for the worker.
  cancel_wish               text        CHECK (cancel_wish IN ('interrupt', 'kill')),
  canceled_at               timestamptz,
  force_canceled_at         timestamptz,
  force_cancel_available_at timestamptz,
  status_timestamps         jsonb       NOT NULL,
  status_changed_at         timestamptz NOT NULL,
  input_state_version_id    bigint,
  created_by_user_id        bigint      REFERENCES users,
  confirmed_by_user_id      bigint      REFERENCES users,
  created_at                timestamptz NOT NULL,
  lock_version              integer     NOT NULL DEFAULT 0
);
CREATE INDEX runs_workspace ON runs (workspace_id, id);
CREATE INDEX runs_organization ON runs (organization_id, id);
CREATE INDEX runs_configuration_version ON runs (configuration_version_id);
-- The few runs that are not at their end: the queues, the backlog, the sweeper's timers.
CREATE INDEX runs_open ON runs (status, priority, id) WHERE status NOT IN
  ('applied', 'planned_and_finished', 'policy_soft_failed', 'discarded', 'errored', 'canceled', 'force_canceled');
CREATE INDEX runs_open_workspace ON runs (workspace_id, id) WHERE status NOT IN
  ('applied', 'planned_and_finished', 'policy_soft_failed', 'discarded', 'errored', 'canceled', 'force_canceled');

-- The plan and the apply of a run, each with its claim.
CREATE TABLE phases (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id             text        NOT NULL UNIQUE,
  run_id                  bigint      NOT NULL REFERENCES runs ON DELETE CASCADE,
  phase                   text        NOT NULL CHECK (phase IN ('plan', 'apply')),
  status                  text        NOT NULL CHECK (status IN ('pending', 'managed_queued', 'queued',
                            'running', 'errored', 'canceled', 'finished', 'unreachable', 'created',
                            'mfa_waiting')),
  -- How often a command was sent out, and how often it was claimed; the attempt fences.
  command                 integer     NOT NULL DEFAULT 0,
  attempt                 integer     NOT NULL DEFAULT 0,
  released_at             timestamptz,
  worker                  text,
  claimed_at              timestamptz,
  lease_until             timestamptz,
  deadline_at             timestamptz,
  has_changes             boolean,
  resource_additions      integer,
  resource_changes        integer,
  resource_destructions   integer,
  resource_imports        integer,
  generated_configuration text,
  error_message           text,
  timings                 jsonb       NOT NULL DEFAULT '[]',
  status_timestamps       jsonb       NOT NULL DEFAULT '{}',
  lock_version            integer     NOT NULL DEFAULT 0,
  UNIQUE (run_id, phase)
);
CREATE INDEX phases_leases ON phases (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE run_events (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id   text        NOT NULL UNIQUE,
  run_id        bigint      NOT NULL REFERENCES runs ON DELETE CASCADE,
  action        text        NOT NULL,
  description   text,
  actor_user_id bigint      REFERENCES users,
  created_at    timestamptz NOT NULL
);
CREATE INDEX run_events_run ON run_events (run_id, id);

CREATE TABLE comments (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id text        NOT NULL UNIQUE,
  run_id      bigint      NOT NULL REFERENCES runs ON DELETE CASCADE,
  body        text        NOT NULL,
  user_id     bigint      REFERENCES users,
  created_at  timestamptz NOT NULL
);
CREATE INDEX comments_run ON comments (run_id, id);

-- How many runs there are, kept in the transactions that move them, so that no list counts rows.
CREATE TABLE run_counters (
  workspace_id bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  status       text   NOT NULL,
  operation    text   NOT NULL,
  runs         bigint NOT NULL,
  PRIMARY KEY (workspace_id, status, operation)
);

CREATE TABLE state_versions (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id         text        NOT NULL UNIQUE,
  workspace_id        bigint      NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  run_id              bigint      REFERENCES runs ON DELETE SET NULL,
  status              text        NOT NULL CHECK (status IN ('pending', 'finalized', 'discarded',
                        'backing_data_soft_deleted', 'backing_data_permanently_deleted')),
  serial              bigint      NOT NULL,
  lineage             text,
  md5                 text,
  bytes               bigint      NOT NULL DEFAULT 0,
  object_id           text,
  json_object_id      text,
  state_format        integer,
  terraform_version   text,
  resources_processed boolean     NOT NULL DEFAULT false,
  resource_count      integer     NOT NULL DEFAULT 0,
  resources           jsonb       NOT NULL DEFAULT '[]',
  modules             jsonb       NOT NULL DEFAULT '[]',
  providers           jsonb       NOT NULL DEFAULT '[]',
  created_by_user_id  bigint      REFERENCES users,
  created_at          timestamptz NOT NULL,
  lock_version        integer     NOT NULL DEFAULT 0
);
CREATE INDEX state_versions_workspace ON state_versions (workspace_id, id);
CREATE INDEX state_versions_run ON state_versions (run_id);

CREATE TABLE state_version_outputs (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id      text    NOT NULL UNIQUE,
  state_version_id bigint  NOT NULL REFERENCES state_versions ON DELETE CASCADE,
  name             text    NOT NULL,
  is_sensitive     boolean NOT NULL,
  type             text    NOT NULL,
  detailed_type    jsonb   NOT NULL,
  -- Transit ciphertext of the value as JSON.
  value_ciphertext text    NOT NULL,
  UNIQUE (state_version_id, name)
);

-- API tokens `<lookup>.atlasv1.<secret>`: only an HMAC of the secret is kept.
CREATE TABLE tokens (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id        text        NOT NULL UNIQUE,
  lookup             text        NOT NULL UNIQUE,
  secret_digest      text        NOT NULL,
  kind               text        NOT NULL CHECK (kind IN ('user', 'organization', 'team', 'run')),
  user_id            bigint      REFERENCES users ON DELETE CASCADE,
  organization_id    bigint      REFERENCES organizations ON DELETE CASCADE,
  team_id            bigint      REFERENCES teams ON DELETE CASCADE,
  run_id             bigint      REFERENCES runs ON DELETE CASCADE,
  description        text,
  created_by_user_id bigint      REFERENCES users,
  created_at         timestamptz NOT NULL,
  last_used_at       timestamptz,
  expired_at         timestamptz,
  CHECK (num_nonnulls(user_id, organization_id, team_id, run_id) = 1)
);
CREATE INDEX tokens_user ON tokens (user_id);
CREATE UNIQUE INDEX tokens_organization ON tokens (organization_id) WHERE kind = 'organization';
CREATE INDEX tokens_team ON tokens (team_id);
CREATE INDEX tokens_run ON tokens (run_id);
CREATE INDEX tokens_created_by ON tokens (created_by_user_id);

-- Jobs on their way to Redis. A row lives until the transaction of the job's effect deletes it;
-- one whose lease is over is pushed again.
CREATE TABLE outbox (
  jid         text        PRIMARY KEY,
  class       text        NOT NULL,
  queue       text        NOT NULL,
  argument    jsonb       NOT NULL,
  flow        text        NOT NULL,
  phase       text        NOT NULL DEFAULT '',
  traceparent text,
  created_at  timestamptz NOT NULL,
  pushed_at   timestamptz,
  lease_until timestamptz
);
CREATE INDEX outbox_lease ON outbox (lease_until NULLS FIRST);

-- Build workers and their free slots, by their own word.
CREATE TABLE workers (
  worker   text        PRIMARY KEY,
  node     text        NOT NULL,
  slots    integer     NOT NULL,
  free     integer     NOT NULL,
  draining boolean     NOT NULL,
  sandbox  text        NOT NULL,
  seen_at  timestamptz NOT NULL
);

CREATE TABLE hops (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  flow        text        NOT NULL,
  traceparent text,
  step        smallint    NOT NULL,
  name        text        NOT NULL,
  phase       text        NOT NULL,
  sender      text        NOT NULL,
  receiver    text        NOT NULL,
  medium      text        NOT NULL,
  sent_at     timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  done_at     timestamptz NOT NULL,
  attempt     integer     NOT NULL,
  outcome     text        NOT NULL,
  bytes       bigint      NOT NULL,
  facts       jsonb       NOT NULL
);
CREATE INDEX hops_flow ON hops (flow, sent_at);
CREATE INDEX hops_age ON hops (sent_at);
