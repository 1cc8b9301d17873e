package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks that nobody wants any more. The test speaks for the Git host, and for the vault.
class HookRemovalsIT {
  private static final String REMOVE = "Webhooks::Remove";
  private static final String REPOSITORY = "[{\"vcs_repository_id\":\"repo-1\"}]";
  private static final String OPENED =
      "{\"data\":{\"batch_results\":[{\"plaintext\":\"aHVzaA==\"}]}}";

  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours host;
  private Followed repository;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    host = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void connect() {
    fixture.empty();
    repository = new Followed(fixture.database());
    repository.onGitea(host.uri());
  }

  @Nested
  class A_webhook {
    @Test
    void is_taken_away_where_nobody_follows_the_repository() throws Exception {
      host.willAnswer(200, OPENED);
      host.willAnswer(
          200, "[{\"id\":7,\"config\":{\"url\":\"https://127.0.0.1:8443/webhooks/vcs/token\"}}]");

      fixture.push("vcs", "left", REMOVE, REPOSITORY);

      fixture.awaitDone("left");
      assertThat(host.next(LONGEST).uri()).isEqualTo("/v1/transit/decrypt/atlas_vcs");
      assertThat(host.next(LONGEST).uri()).startsWith("GET /repos/lab/net/hooks?");
      assertThat(host.next(LONGEST).uri()).isEqualTo("DELETE /repos/lab/net/hooks/7");
      assertThat(repository.one("SELECT coalesce(hook_id, 'none') FROM vcs_repositories"))
          .isEqualTo("none");
    }

    @Test
    void stays_where_somebody_does() {
      repository.follower("faithful", "");

      fixture.push("vcs", "followed", REMOVE, REPOSITORY);

      fixture.awaitDone("followed");
      assertThat(host.waiting()).isZero();
      assertThat(repository.one("SELECT hook_id FROM vcs_repositories")).isEqualTo("7");
    }
  }

  @Nested
  class A_removal {
    @Test
    void is_tried_again_where_the_host_is_away() {
      host.willAnswer(200, OPENED);
      host.willAnswer(503, "{}");

      fixture.push("vcs", "patient", REMOVE, REPOSITORY);

      assertThat(fixture.only("retry").path("class").asText()).isEqualTo(REMOVE);
      assertThat(fixture.isDone("patient")).isFalse();
    }

    @Test
    void is_given_up_with_a_line_after_enough_tries() {
      host.willAnswer(200, OPENED);
      host.willAnswer(503, "{}");

      fixture.pushFailed("vcs", "spent", REMOVE, REPOSITORY, 25, "25");

      fixture.awaitDone("spent");
      assertThat(repository.lines())
          .containsExactly("The webhook of lab/net could not be taken away: The host answers 503.");
      assertThat(repository.one("SELECT coalesce(hook_id, 'none') FROM vcs_repositories"))
          .isEqualTo("none");
    }

    @Test
    void of_what_is_nowhere_is_done() {
      fixture.push("vcs", "unknown", REMOVE, "[{\"vcs_repository_id\":\"repo-2\"}]");

      fixture.awaitDone("unknown");
    }
  }
}
