package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Configurations that are fetched from Git and come in any order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitArrivalsIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  /// @param pullRequest "NULL" for a push
  private void fetching(String workspace, String id, String pullRequest, int delivery) {
    atlas
        .database()
        .useTransaction(db -> {
          db.execute(
              """
              WITH client AS (
                INSERT INTO oauth_clients (external_id, organization_id, service_provider, http_url,
                  callback_uuid, is_organization_scoped, created_at, updated_at)
                SELECT 'oc-arrivals', id, 'git', 'https://git.example.com', 'arrivals', true, now(), now()
                  FROM organizations WHERE name = 'acme'
                ON CONFLICT DO NOTHING RETURNING id),
              token AS (
                INSERT INTO oauth_tokens (external_id, oauth_client_id, created_at)
                SELECT 'ot-arrivals', id, now() FROM client RETURNING id)
              INSERT INTO vcs_repositories (external_id, oauth_token_id, identifier, webhook_token, created_at)
              SELECT 'repo-arrivals', id, 'lab/net.git', 'arrivals', now() FROM token
              """);
          db.execute(
              """
              INSERT INTO webhook_deliveries (external_id, vcs_repository_id, delivery_key, event,
                received_at, processed_at)
              SELECT ?, id, ?, '[]', now(), now() FROM vcs_repositories
               WHERE external_id = 'repo-arrivals'
              ON CONFLICT DO NOTHING
              """,
              "whd-arrivals-" + delivery,
              "arrivals-" + delivery);
          db.execute(
              """
              WITH made AS (
                INSERT INTO configuration_versions (external_id, workspace_id, status, source,
                  is_speculative, is_provisional, auto_queue_runs, created_at)
                SELECT ?, id, 'fetching', 'git', %s IS NOT NULL, false, true, now()
                  FROM workspaces WHERE external_id = ? RETURNING id)
              INSERT INTO ingress_attributes (external_id, configuration_version_id,
                vcs_repository_id, webhook_delivery_id, ingress_submodules, identifier, clone_url,
                commit_sha, commit_message, pull_request_number, is_run_due, created_at)
              SELECT 'ia-' || ?, made.id, r.id, d.id, false, 'lab/net.git', 'https://git.example.com',
                     ?, ?, %s, true, now()
                FROM made, vcs_repositories r, webhook_deliveries d
               WHERE r.external_id = 'repo-arrivals' AND d.external_id = ?
              """
                  .formatted(pullRequest, pullRequest),
              id,
              workspace,
              id,
              id,
              id,
              "whd-arrivals-" + delivery);
        });
  }

  private void arrive(String id) {
    Answer told =
        atlas
            .mesh()
            .send(
                "POST",
                "/internal/v1/objects",
                """
                {"v":1,"type":"configuration-version","id":"%s","object_id":"slug-of-%s","bytes":9,
                 "sha256":"%s","md5":"m","attempt":0}\
                """
                    .formatted(id, id, "0".repeat(64)),
                Map.of());
    assertThat(told.status()).as(told.text()).isEqualTo(204);
  }

  /// The oldest first, by the commits that they are of.
  private List<String> runs(String workspace) {
    return atlas
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT r.message FROM runs r JOIN workspaces w ON w.id = r.workspace_id"
                        + " WHERE w.external_id = :id ORDER BY r.id")
                .bind("id", workspace)
                .mapTo(String.class)
                .list());
  }

  @Nested
  class Of_pushes {
    @Test
    void begin_their_runs_in_the_order_of_the_pushes() {
      String workspace = server.workspace("ordered");
      fetching(workspace, "cv-first", "NULL", 1);
      fetching(workspace, "cv-second", "NULL", 2);
      fetching(workspace, "cv-third", "NULL", 3);

      arrive("cv-second");
      List<String> early = runs(workspace);
      arrive("cv-first");
      arrive("cv-first");
      List<String> both = runs(workspace);
      arrive("cv-third");

      assertThat(early).isEmpty();
      assertThat(both).containsExactly("cv-first", "cv-second");
      assertThat(runs(workspace)).containsExactly("cv-first", "cv-second", "cv-third");
    }
  }

  @Nested
  class Of_a_pull_request {
    @Test
    void plan_its_newest_commit_alone_where_the_organization_says_so() {
      String workspace = server.workspace("reviewed");
      fetching(workspace, "cv-of-7-old", "7", 11);
      fetching(workspace, "cv-of-7-new", "7", 12);
      fetching(workspace, "cv-of-8", "8", 11);

      arrive("cv-of-7-new");
      arrive("cv-of-7-old");
      arrive("cv-of-8");

      assertThat(runs(workspace)).containsExactly("cv-of-7-new", "cv-of-8");
    }
  }
}
