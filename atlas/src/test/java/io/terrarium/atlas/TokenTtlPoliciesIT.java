package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTtlPoliciesIT {
  private static final String POLICIES = "/organizations/acme/token-ttl-policies";
  private static final String TOKEN = "/organizations/acme/authentication-token";
  private static final Duration HOUR = Duration.ofHours(1);

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final AtomicInteger number = new AtomicInteger();

  /// As before anything was said, with tokens that are young, and no answer of before remembered.
  @BeforeEach
  void forget() {
    atlas
        .database()
        .useTransaction(db -> {
          db.execute("DELETE FROM token_ttl_policies");
          db.execute("UPDATE organizations SET max_ttl_enabled = NULL");
        });
    atlas.clock().advance(Duration.ofSeconds(6));
    for (String owner : List.of("alice", "anna")) {
      server.call(
          owner,
          clear(server.post(owner, "/users/" + server.id(owner) + "/authentication-tokens", "")));
    }
    server.call("acme", clear(server.post("alice", TOKEN, "")));
  }

  private Answer put(String caller, String policies) {
    return server.send(
        caller,
        "PATCH",
        POLICIES,
        document("organization-token-ttl-policies", "{\"token-ttl-policies\":" + policies + "}"));
  }

  private Answer limit(String type, Duration longest) {
    Answer answer =
        put(
            "alice",
            "[{\"token-type\":\"%s\",\"max-ttl-ms\":%d}]".formatted(type, longest.toMillis()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private Answer create(String path, Duration life) {
    return server.post(
        "alice",
        path,
        document(
            "authentication-tokens",
            "{\"expired-at\":\"" + atlas.clock().instant().plus(life) + "\"}"));
  }

  private int status(String token, String path) {
    return atlas.as(token).send("GET", "/api/v2" + path, "", Map.of()).status();
  }

  private static String clear(Answer issued) {
    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    return issued.attribute("token").asText();
  }

  @Nested
  class The_policies_of_an_organization {
    @Test
    void are_none_until_its_owners_set_some() {
      assertThat(server.get("alice", POLICIES).json().path("data").size()).isZero();

      Answer set =
          put(
              "alice",
              "[{\"token-type\":\"organization\",\"max-ttl-ms\":5184000000},"
                  + "{\"token-type\":\"audit_trails\",\"max-ttl-ms\":189216000000}]");

      Golden.assertSame("token-ttl-policies.json", set.json());
      assertThat(server.get("anna", POLICIES).json()).isEqualTo(set.json());
    }

    @Test
    void change_one_by_one() {
      String id = limit("team", HOUR).ids().getFirst();
      limit("user", HOUR);

      Answer changed = limit("team", HOUR.multipliedBy(2));

      assertThat(changed.ids()).hasSize(2).startsWith(id);
      assertThat(changed.json().at("/data/0/attributes/max-ttl-ms").asLong()).isEqualTo(7_200_000);
      assertThat(changed.json().at("/data/1/attributes/max-ttl-ms").asLong()).isEqualTo(3_600_000);
    }

    @Test
    void are_for_owners_and_nobody_else() {
      server.person("carl");
      server.join("carl", server.team("builders", ""));
      String one = "[{\"token-type\":\"team\",\"max-ttl-ms\":60000}]";

      for (String member : List.of("carl", "builders", "acme")) {
        assertThat(server.get(member, POLICIES).status()).as(member).isEqualTo(403);
        assertThat(put(member, one).status()).as(member).isEqualTo(403);
      }
      assertThat(server.get("bob", POLICIES).status()).isEqualTo(404);
      assertThat(put("bob", one).status()).isEqualTo(404);
      assertThat(server.get("alice", "/organizations/none/token-ttl-policies").status())
          .isEqualTo(404);
      assertThat(server.get("alice", POLICIES).json().path("data").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[]|",
          "{}|",
          "null|",
          "[{\"token-type\":\"agent\",\"max-ttl-ms\":60000}]|/0/token-type",
          "[{\"max-ttl-ms\":60000}]|/0/token-type",
          "[{\"token-type\":\"team\"}]|/0/max-ttl-ms",
          "[{\"token-type\":\"team\",\"max-ttl-ms\":0}]|/0/max-ttl-ms",
          "[{\"token-type\":\"team\",\"max-ttl-ms\":59999}]|/0/max-ttl-ms",
          "[{\"token-type\":\"team\",\"max-ttl-ms\":60000.5}]|/0/max-ttl-ms",
          "[{\"token-type\":\"team\",\"max-ttl-ms\":9223372036854775807}]|/0/max-ttl-ms",
          "[{\"token-type\":\"team\",\"max-ttl-ms\":60000},{\"token-type\":\"team\",\"max-ttl-ms\":60001}]"
              + "|/1/token-type",
          "[7]|/0/token-type"
        })
    void are_refused_where_they_make_no_sense(String policies, String pointer) {
      Answer answer = put("alice", policies);

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.pointer())
          .isEqualTo("/data/attributes/token-ttl-policies" + (pointer == null ? "" : pointer));
      assertThat(server.get("alice", POLICIES).json().path("data").size()).isZero();
    }
  }

  @Nested
  class A_token {
    @ParameterizedTest
    @ValueSource(strings = {"organization", "team"})
    void is_not_made_to_last_longer(String type) {
      String path = type.equals("team") ? teamTokens() : TOKEN;
      limit(type, HOUR);

      Answer endless = server.post("alice", path, "");
      Answer tooLong = create(path, HOUR.plusMillis(1));

      assertThat(endless.status()).isEqualTo(422);
      assertThat(endless.pointer()).isEqualTo("/data/attributes/expired-at");
      assertThat(tooLong.status()).isEqualTo(422);
      assertThat(create(path, HOUR).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization", "team"})
    void that_was_there_before_ceases_to_work_at_that_age(String type) {
      String path = type.equals("team") ? teamTokens() : TOKEN;
      String token = clear(server.post("alice", path, ""));
      limit(type, HOUR);

      atlas.clock().advance(HOUR.minusMillis(1));
      assertThat(status(token, "/organizations/acme")).isEqualTo(200);
      atlas.clock().advance(Duration.ofMillis(1));

      assertThat(status(token, "/organizations/acme")).isEqualTo(401);
      limit(type, HOUR.multipliedBy(2));
      assertThat(status(token, "/organizations/acme")).as("allowed again").isEqualTo(200);
    }

    @Test
    void that_is_too_old_is_shown_as_expired() {
      String path = teamTokens();
      Answer team = server.post("alice", path, "");
      Answer organization = server.post("alice", TOKEN, "");
      String end = atlas.clock().instant().plus(HOUR).truncatedTo(ChronoUnit.MILLIS).toString();
      limit("team", HOUR);
      limit("organization", HOUR);

      atlas.clock().advance(HOUR.minusMillis(1));
      assertThat(teamTokens(true)).doesNotContain(team.id());
      assertThat(teamTokens(false)).contains(team.id());
      atlas.clock().advance(Duration.ofMillis(1));

      assertThat(teamTokens(true)).contains(team.id());
      assertThat(teamTokens(false)).doesNotContain(team.id());
      assertThat(server.get("alice", path).attribute("expired-at").asText()).isEqualTo(end);
      assertThat(server.get("alice", TOKEN).id()).isEqualTo(organization.id());
      assertThat(server.get("alice", TOKEN).attribute("expired-at").asText()).isEqualTo(end);
    }

    private List<String> teamTokens(boolean expired) {
      Answer found =
          server.get(
              "alice",
              "/organizations/acme/team-tokens?"
                  + query("filter[expiry_status]", expired ? "expired" : "active"));
      assertThat(found.json().at("/meta/pagination/total-count").asInt())
          .isEqualTo(found.ids().size());
      return found.ids();
    }

    @Test
    void is_free_again_once_the_organization_switches_its_limits_off() {
      limit("organization", HOUR);
      assertThat(enabled().asBoolean()).isTrue();

      Answer off = change("alice", "{\"max-ttl-enabled\":false}");

      assertThat(off.attribute("max-ttl-enabled").asBoolean()).isFalse();
      assertThat(server.post("alice", TOKEN, "").status()).isEqualTo(201);
      assertThat(server.get("alice", POLICIES).json().path("data").size()).isOne();
    }

    @Test
    void that_was_too_old_works_at_once_when_the_limits_are_switched_off() {
      String token = clear(server.post("alice", TOKEN, ""));
      limit("organization", HOUR);
      atlas.clock().advance(HOUR);
      assertThat(status(token, "/organizations/acme")).isEqualTo(401);

      change("alice", "{\"max-ttl-enabled\":false}");

      assertThat(status(token, "/organizations/acme")).isEqualTo(200);
    }

    @Test
    void of_the_organization_does_not_switch_its_limits_off() {
      limit("organization", HOUR);

      assertThat(change("acme", "{\"max-ttl-enabled\":false}").status()).isEqualTo(403);

      assertThat(enabled().asBoolean()).isTrue();
      assertThat(change("acme", "{\"email\":\"new@example.com\"}").status()).isEqualTo(200);
    }

    private Answer change(String caller, String attributes) {
      return server.send(
          caller, "PATCH", "/organizations/acme", document("organizations", attributes));
    }

    private JsonNode enabled() {
      return server.get("alice", "/organizations/acme").attribute("max-ttl-enabled");
    }

    private String teamTokens() {
      return "/teams/"
          + server.team("deployers" + number.incrementAndGet(), "")
          + "/authentication-token";
    }
  }
}
