package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.database.SchemaFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SettingsIT {
  private static final String PATH = "/api/v2/admin/general-settings";
  private static final int CALLERS = 40;

  private AtlasFixture atlas;

  @BeforeEach
  void start() {
    atlas = AtlasFixture.start();
  }

  @AfterEach
  void stop() {
    atlas.close();
  }

  @Nested
  class The_general_settings {
    @Test
    void are_shown_to_site_admins() {
      Golden.assertSame("general-settings.json", atlas.admin().get(PATH).json());
    }

    @Test
    void are_not_there_for_anyone_else() {
      atlas.database().useTransaction(db -> db.execute("UPDATE users SET is_site_admin = false"));

      assertThat(atlas.admin().get(PATH).status()).isEqualTo(404);
      assertThat(patch(Map.of("plan-timeout", "3h")).status()).isEqualTo(404);
    }

    @Test
    void change_and_keep_what_is_left_out() {
      Answer answer = patch(Map.of("plan-timeout", "1h30m", "api-rate-limit", 50));

      assertThat(answer.attributes().path("plan-timeout").asText()).isEqualTo("1h30m");
      assertThat(answer.attributes().path("apply-timeout").asText()).isEqualTo("24h");
      assertThat(answer.attributes().path("api-rate-limit").asInt()).isEqualTo(50);
      assertThat(atlas.admin().get(PATH).json()).isEqualTo(answer.json());
    }

    @Test
    void report_all_that_is_wrong_with_a_change() {
      Answer answer = patch(Map.of("plan-timeout", "soon", "api-rate-limit", 5));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().path("errors").findValuesAsText("pointer"))
          .containsExactlyInAnyOrder(
              "/data/attributes/plan-timeout", "/data/attributes/api-rate-limit");
    }
  }

  @Nested
  class The_rate_limit {
    @Test
    void answers_429_with_a_numeric_status_once_the_bucket_is_empty() throws Exception {
      patch(Map.of("api-rate-limiting-enabled", true));
      ApiClient nobody = atlas.nobody();
      Map<String, String> address = Map.of("X-Forwarded-For", "203.0.113.7");

      Answer refused =
          sideBySide(400, () -> nobody.get("/api/v2/ping", address)).stream()
              .filter(answer -> answer.status() != 204)
              .findFirst()
              .orElseThrow(() ->
                  new AssertionError("400 calls side by side, and the bucket of 30 a second held"));

      assertThat(refused.status()).isEqualTo(429);
      Golden.assertSame("rate-limit.json", refused.json());
      assertThat(refused.header("X-RateLimit-Limit")).contains("30");
      assertThat(refused.header("X-RateLimit-Remaining")).contains("0");
      assertThat(refused.header("X-RateLimit-Reset").orElse("")).matches("\\d+\\.\\d+");
    }

    /// Side by side, since the bucket fills up again as time goes by.
    private static List<Answer> sideBySide(int calls, Callable<Answer> call) throws Exception {
      List<Answer> answers = new ArrayList<>();
      try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
        for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(calls, call))) {
          answers.add(answer.get());
        }
      }
      return answers;
    }

    @Test
    void is_told_on_every_answer_and_gone_when_switched_off() {
      Answer off = atlas.admin().get("/api/v2/account/details");
      patch(Map.of("api-rate-limiting-enabled", true));
      Answer on = atlas.admin().get("/api/v2/account/details");

      assertThat(off.header("X-RateLimit-Limit")).isEmpty();
      assertThat(on.header("X-RateLimit-Limit")).contains("30");
      assertThat(on.header("X-RateLimit-Remaining")).isPresent();
    }
  }

  @Nested
  class A_start {
    @Test
    void is_refused_before_the_migrations() {
      DatabaseConfig empty = BackingServices.running().freshDatabase();

      assertThatThrownBy(() -> Atlas.start(AtlasFixture.config(empty), atlas.platform()))
          .isInstanceOf(SchemaFault.class)
          .hasMessageContaining("run the migrations");
    }

    @Test
    void is_refused_on_a_newer_schema() {
      atlas
          .database()
          .useTransaction(db ->
              db.execute(
                  "INSERT INTO flyway_schema_history (installed_rank, version, description,"
                      + " type, script, checksum, installed_by, execution_time, success)"
                      + " VALUES (999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'x', 1,"
                      + " true)"));

      assertThatThrownBy(() -> Atlas.start(atlas.config(), atlas.platform()))
          .isInstanceOf(SchemaFault.class);
    }
  }

  private Answer patch(Map<String, ?> attributes) {
    return atlas.admin().patch(PATH, "general-settings", attributes);
  }
}
