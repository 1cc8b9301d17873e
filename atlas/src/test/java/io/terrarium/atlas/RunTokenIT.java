package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.TokenDigest;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Secret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunTokenIT {
  private static final String ENTITLEMENTS = "/api/v2/organizations/acme/entitlement-set";

  private static final String WORKSPACE =
      """
      INSERT INTO workspaces (external_id, organization_id, project_id, name, terraform_version,
                              global_remote_state, created_at, updated_at, latest_change_at)
      SELECT 'ws-1', o.id, p.id, 'net', '1.11.4', false, now(), now(), now()
        FROM organizations o JOIN projects p ON p.organization_id = o.id
      """;

  private static final String CONFIGURATION =
      """
      INSERT INTO configuration_versions (external_id, workspace_id, status, source,
        is_speculative, is_provisional, auto_queue_runs, created_at)
      SELECT 'cv-1', id, 'uploaded', 'tfe-api', false, false, false, now() FROM workspaces
      """;

  private static final String RUN =
      """
      INSERT INTO runs (external_id, organization_id, workspace_id, configuration_version_id,
        status, operation, message, source, trigger_reason, is_destroy, refresh, refresh_only,
        auto_apply, allow_empty_apply, allow_config_generation, plan_only, save_plan,
        debugging_mode, structured_log, terraform_version, priority, status_timestamps,
        status_changed_at, created_at)
      SELECT 'run-1', w.organization_id, w.id, c.id, 'planning', 'plan_and_apply', '', 'tfe-api',
             'manual', false, true, false, false, false, false, false, false, false, false,
             '1.11.4', 1, '{}', now(), now()
        FROM workspaces w JOIN configuration_versions c ON c.workspace_id = w.id
      RETURNING id
      """;

  private AtlasFixture atlas;
  private Tokens tokens;
  private long run;

  @BeforeEach
  void start() {
    atlas = AtlasFixture.start();
    atlas
        .admin()
        .post(
            "/api/v2/organizations",
            "organizations",
            Map.of("name", "acme", "email", "ops@example.com"));
    run =
        atlas
            .database()
            .inTransaction(db -> {
              db.execute(WORKSPACE);
              db.execute(CONFIGURATION);
              return db.createQuery(RUN).mapTo(Long.class).one();
            });
    TokenDigest digest = TokenDigest.of(atlas.config().core().rootSecret());
    tokens =
        new Tokens(
            atlas.database(),
            digest,
            new Authentication(atlas.database(), digest, atlas.clock()),
            atlas.platform().ids(),
            atlas.clock());
  }

  @AfterEach
  void stop() {
    atlas.close();
  }

  @Test
  void sees_its_organization_and_nothing_that_belongs_to_people() {
    ApiClient client = atlas.as(issue().value());

    assertThat(client.get(ENTITLEMENTS).status()).isEqualTo(200);
    assertThat(client.get("/api/v2/account/details").status()).isEqualTo(404);
    assertThat(client.get("/api/v2/organizations/acme/projects").status()).isEqualTo(404);
    assertThat(client.get("/api/v2/organizations/acme/runs/queue").status()).isEqualTo(404);
    assertThat(client.get("/api/v2/organizations/acme/capacity").status()).isEqualTo(404);
  }

  @Test
  void sees_its_workspace_without_what_it_may_not_see_beside_it() {
    Answer answer =
        atlas
            .as(issue().value())
            .get("/api/v2/organizations/acme/workspaces/net?include=organization,project,outputs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("included"))
        .extracting(resource -> resource.path("type").asText())
        .containsExactly("organizations");
  }

  @Test
  void dies_when_the_next_attempt_gets_its_own() {
    Secret first = issue();
    Secret second = issue();

    assertThat(atlas.as(first.value()).get(ENTITLEMENTS).status()).isEqualTo(401);
    assertThat(atlas.as(second.value()).get(ENTITLEMENTS).status()).isEqualTo(200);
  }

  @Test
  void lives_on_beside_one_more_for_the_same_attempt() {
    Secret first = issue();
    Secret more = atlas.database().inTransaction(db -> tokens.addRunToken(db, run));

    assertThat(atlas.as(first.value()).get(ENTITLEMENTS).status()).isEqualTo(200);
    assertThat(atlas.as(more.value()).get(ENTITLEMENTS).status()).isEqualTo(200);
  }

  @Test
  void dies_with_the_run() {
    ApiClient client = atlas.as(issue().value());

    int before = client.get(ENTITLEMENTS).status();
    atlas.database().useTransaction(db -> db.execute("UPDATE runs SET status = 'errored'"));
    int after = client.get(ENTITLEMENTS).status();

    assertThat(before).isEqualTo(200);
    assertThat(after).isEqualTo(401);
  }

  @Test
  void keeps_its_organization_from_going_while_the_run_is_at_work() {
    int during = atlas.admin().delete("/api/v2/organizations/acme").status();
    atlas.database().useTransaction(db -> db.execute("UPDATE runs SET status = 'errored'"));
    int after = atlas.admin().delete("/api/v2/organizations/acme").status();

    assertThat(during).isEqualTo(409);
    assertThat(after).isEqualTo(204);
  }

  private Secret issue() {
    return atlas.database().inTransaction(db -> tokens.issueRunToken(db, run));
  }
}
