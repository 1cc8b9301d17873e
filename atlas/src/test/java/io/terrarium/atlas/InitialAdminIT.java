package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InitialAdminIT {
  private static final String RETRIEVE = "/admin/retrieve-iact";
  private static final String CREATE = "/admin/initial-admin-user?token=" + AtlasFixture.IACT;

  private AtlasFixture atlas;

  @BeforeEach
  void start() {
    atlas = AtlasFixture.startEmpty();
  }

  @AfterEach
  void stop() {
    atlas.close();
  }

  @Nested
  class The_token {
    @Test
    void is_handed_to_the_machine_itself() {
      Answer answer = atlas.nobody().get(RETRIEVE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(AtlasFixture.IACT);
    }

    @Test
    void is_handed_to_the_subnets_while_there_is_time() {
      Map<String, String> inside = Map.of("X-Forwarded-For", "10.1.2.3");

      Answer before = atlas.nobody().get(RETRIEVE, inside);
      atlas.clock().advance(Duration.ofMinutes(61));
      Answer after = atlas.nobody().get(RETRIEVE, inside);

      assertThat(before.text()).isEqualTo(AtlasFixture.IACT);
      assertThat(after.status()).isEqualTo(404);
      assertThat(after.text()).doesNotContain(AtlasFixture.IACT);
    }

    @Test
    void is_refused_to_other_addresses_whatever_they_claim_to_be() {
      Map<String, String> claimed = Map.of("X-Forwarded-For", "127.0.0.1, 203.0.113.9");

      assertThat(atlas.nobody().get(RETRIEVE, claimed).status()).isEqualTo(404);
    }

    @Test
    void is_dead_once_somebody_has_an_account() {
      create("manager", "a good password");

      assertThat(atlas.nobody().get(RETRIEVE).status()).isEqualTo(404);
      assertThat(create("second", "a good password").status()).isEqualTo(404);
    }
  }

  @Nested
  class The_first_admin {
    @Test
    void gets_a_token_that_works_and_is_a_site_admin() {
      Answer created = create("manager", "a good password");

      assertThat(created.status()).isEqualTo(200);
      assertThat(created.json().path("status").asText()).isEqualTo("created");
      Answer details =
          atlas.as(created.json().path("token").asText()).get("/api/v2/account/details");
      assertThat(details.attributes().path("username").asText()).isEqualTo("manager");
      assertThat(details.attributes().path("is-site-admin").asBoolean()).isTrue();
    }

    @Test
    void is_not_made_with_another_token() {
      Answer answer =
          atlas
              .nobody()
              .send("POST", "/admin/initial-admin-user?token=guess", body("m", "p"), Map.of());

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("status").asText()).isEqualTo("error");
    }

    @Test
    void is_told_everything_that_is_wrong() {
      Answer answer = create("no spaces please", "short");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().path("error").asText()).contains("Username").contains("Password");
    }

    @Test
    void is_not_made_from_what_is_no_json() {
      assertThat(atlas.nobody().send("POST", CREATE, "{", Map.of()).status()).isEqualTo(422);
    }

    @Test
    void is_one_person_however_many_try_at_once() throws Exception {
      try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> calls =
            IntStream.range(0, 6)
                .<Callable<Integer>>mapToObj(
                    i -> () -> create("manager" + i, "a good password").status())
                .toList();

        List<Integer> statuses = pool.invokeAll(calls).stream().map(Future::resultNow).toList();

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 404);
      }
    }
  }

  private Answer create(String username, String password) {
    return atlas.nobody().send("POST", CREATE, body(username, password), Map.of());
  }

  private static String body(String username, String password) {
    return "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"password\":\"%s\"}"
        .formatted(username, username.replace(" ", ""), password);
  }
}
