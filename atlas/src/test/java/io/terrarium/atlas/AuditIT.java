package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {
  private static final String MARKER = "[Audit Log] ";
  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final String VARIABLE =
      document(
          "vars",
          "{\"key\":\"%s\",\"value\":\"s3cret-value\",\"category\":\"env\",\"sensitive\":true}");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private CapturedLog captured;

  @BeforeEach
  void capture() {
    captured = CapturedLog.of("io.terrarium.audit", new JsonLines());
  }

  @AfterEach
  void end() {
    captured.close();
  }

  /// What has been said, in the order of the fields.
  private List<JsonNode> audited() {
    return captured.lines().stream().map(AuditIT::told).toList();
  }

  private static JsonNode told(String line) {
    String message = read(line).path("message").asText();
    assertThat(message).startsWith(MARKER);
    return read(message.substring(MARKER.length()));
  }

  private static JsonNode read(String json) {
    try {
      return Json.SNAKE.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  /// The only line, without what is the same in all: resource, action, id, organization, actor.
  private String only() {
    assertThat(captured.lines()).hasSize(1);
    JsonNode line = audited().getFirst();
    return String.join(
        " ",
        line.path("resource").asText(),
        line.path("action").asText(),
        line.path("resource_id").asText(),
        line.path("organization").asText(),
        line.path("actor").asText());
  }

  @Nested
  class A_change {
    @Test
    void is_one_line_in_the_words_and_the_order_of_the_product() {
      String workspace = server.readyWorkspace("worded");
      capturedAnew();

      Answer run = server.run(workspace, "{}");

      JsonNode line = audited().getFirst();
      assertThat(line.propertyStream().map(Map.Entry::getKey))
          .containsExactly(
              "resource",
              "action",
              "resource_id",
              "organization",
              "organization_id",
              "actor",
              "timestamp",
              "actor_ip");
      assertThat(only()).isEqualTo("run create " + run.id() + " acme alice");
      assertThat(read(captured.lines().getFirst()).path("run_id").asText()).isEqualTo(run.id());
      assertThat(line.path("organization_id").asText()).startsWith("org-");
      assertThat(line.path("timestamp").asText()).isEqualTo(Json.format(atlas.clock().instant()));
      assertThat(line.path("actor_ip").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void has_the_request_id_of_its_answer_and_the_level_of_every_day() {
      Answer answer =
          server.post(
              "alice", "/organizations/acme/projects", document("projects", "{\"name\":\"proj\"}"));

      JsonNode line = read(captured.lines().getFirst());
      assertThat(line.path("request_id").asText())
          .isEqualTo(answer.header("X-Request-Id").orElseThrow());
      assertThat(line.path("component").asText()).isEqualTo("atlas");
      assertThat(line.path("level").asText()).isEqualTo("INFO");
    }

    @Test
    void names_the_caller_and_not_its_router() {
      server
          .caller("alice")
          .send(
              "POST",
              "/api/v2/organizations/acme/projects",
              document("projects", "{\"name\":\"far\"}"),
              Map.of("X-Forwarded-For", "6.6.6.6, 192.0.2.7, 127.0.0.1"));

      assertThat(audited().getFirst().path("actor_ip").asText()).isEqualTo("192.0.2.7");
    }

    @Test
    void of_an_organization_names_it() {
      server.post(
          "alice",
          "/organizations",
          document("organizations", "{\"name\":\"new\",\"email\":\"ops@example.com\"}"));

      JsonNode line = audited().getFirst();
      assertThat(only())
          .isEqualTo("organization create " + line.path("organization_id").asText() + " new alice");
      assertThat(line.path("organization_id").asText()).startsWith("org-");
    }

    @Test
    void of_a_variable_never_says_its_value() {
      String workspace = server.workspace("varied");
      capturedAnew();

      Answer made = server.post("alice", "/workspaces/" + workspace + "/vars", variable("A"));
      server.send(
          "alice",
          "PATCH",
          "/workspaces/" + workspace + "/vars/" + made.id(),
          document("vars", "{\"value\":\"s3cret-other\"}"));

      assertThat(audited().stream().map(line -> line.path("action").asText()))
          .containsExactly("create", "update");
      assertThat(audited())
          .allMatch(line -> line.path("resource_id").asText().equals(made.id()))
          .allMatch(line -> line.path("organization").asText().equals("acme"));
      assertThat(captured.lines()).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void of_a_token_never_says_it() {
      Answer token = server.post("alice", "/organizations/acme/authentication-token", "");
      server.call("acme", token.attribute("token").asText());

      assertThat(only()).startsWith("authentication_token create at-").endsWith(" acme alice");
      assertThat(captured.lines().getFirst()).doesNotContain(token.attribute("token").asText());
    }

    @Test
    void of_what_is_gone_afterwards_still_names_its_organization() {
      String workspace = server.workspace("gone");
      capturedAnew();

      server.send("alice", "DELETE", "/workspaces/" + workspace, "");

      assertThat(only()).isEqualTo("workspace destroy " + workspace + " acme alice");
    }

    @Test
    void of_a_workspace_by_its_name_names_its_id() {
      String workspace = server.workspace("by-name");
      capturedAnew();

      server.send(
          "alice",
          "PATCH",
          "/organizations/acme/workspaces/by-name",
          document("workspaces", "{\"description\":\"d\"}"));

      assertThat(only()).isEqualTo("workspace update " + workspace + " acme alice");
    }

    @Test
    void by_an_action_is_called_as_the_action() {
      String workspace = server.workspace("locked");
      capturedAnew();

      server.post("alice", "/workspaces/" + workspace + "/actions/lock", "");
      server.post("alice", "/workspaces/" + workspace + "/actions/force-unlock", "");

      assertThat(audited().stream().map(line -> line.path("action").asText()))
          .containsExactly("lock", "force_unlock");
    }

    @Test
    void by_a_token_of_no_person_names_its_service_account() {
      String team =
          server.team("builders", ",\"organization-access\":{\"manage-workspaces\":true}");
      capturedAnew();

      server.post(
          "builders",
          "/organizations/acme/workspaces",
          document("workspaces", "{\"name\":\"built\"}"));
      server.post(
          "acme", "/organizations/acme/workspaces", document("workspaces", "{\"name\":\"own\"}"));

      assertThat(audited().stream().map(line -> line.path("actor").asText()))
          .containsExactly("api-builders", "api-acme");
      assertThat(team).startsWith("team-");
    }

    @Test
    void by_which_the_site_gets_its_first_person_names_them() {
      try (AtlasFixture other = AtlasFixture.start()) {
        assertThat(only()).isEqualTo("user create null null admin");
        assertThat(captured.lines().getFirst())
            .doesNotContain(AtlasFixture.IACT, other.adminToken(), "correct horse");
      }
    }
  }

  @Nested
  class What_changes_nothing {
    @Test
    void is_not_audited() {
      String workspace = server.workspace("unchanged");
      capturedAnew();

      server.get("alice", "/workspaces/" + workspace);
      Answer hidden = server.post("bob", "/workspaces/" + workspace + "/actions/lock", "");
      Answer invalid =
          server.post("alice", "/workspaces/" + workspace + "/vars", document("vars", "{}"));
      Answer absent = server.send("alice", "DELETE", "/workspaces/ws-0000000000000000", "");
      server.post("alice", "/workspaces/" + workspace + "/actions/lock", "");
      Answer conflict = server.post("alice", "/workspaces/" + workspace + "/actions/lock", "");
      Answer nobody =
          atlas
              .nobody()
              .send("POST", "/api/v2/workspaces/" + workspace + "/actions/unlock", "", Map.of());

      assertThat(
              List.of(
                  hidden.status(),
                  invalid.status(),
                  absent.status(),
                  conflict.status(),
                  nobody.status()))
          .containsExactly(404, 422, 404, 409, 401);
      assertThat(only()).isEqualTo("workspace lock " + workspace + " acme alice");
    }
  }

  @Nested
  class Every_route_that_changes_something {
    @Test
    void is_audited_unless_the_mesh_itself_calls_it() {
      Set<MountedRoute> silent =
          atlas.mounted().stream()
              .filter(route -> CHANGES.contains(route.method()))
              // Between services, behind the mesh's own token: what a worker or archivist tells of
              // a change is the end of one that a person has asked for.
              .filter(route -> !route.path().startsWith("/internal/"))
              // Git hosts, who are nobody here; what follows is told among the VCS events.
              .filter(route -> !route.path().startsWith("/webhooks/"))
              .collect(Collectors.toSet());
      silent.removeAll(Set.copyOf(atlas.audited()));

      assertThat(silent).isEmpty();
    }

    @Test
    void is_documented_with_the_words_for_it() throws IOException {
      Set<String> told =
          atlas.audited().stream()
              .filter(route -> CHANGES.contains(route.method()))
              .map(AuditIT::documented)
              .collect(Collectors.toCollection(TreeSet::new));

      Set<String> documented =
          Files.readAllLines(Path.of("../docs/audit-log.md")).stream()
              .filter(line -> line.matches("(POST|PUT|PATCH|DELETE) /\\S+: .*"))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(documented).isEqualTo(told);
    }
  }

  private static String documented(MountedRoute route) {
    return route.method() + " " + route.path() + ": " + AuditTrail.words(route);
  }

  private static String variable(String key) {
    return VARIABLE.formatted(key);
  }

  private void capturedAnew() {
    end();
    capture();
  }
}
