package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.http.MountedRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {
  // Who adds a route here says why nobody's call may reach it.
  private static final Set<MountedRoute> PUBLIC =
      Set.of(
          // Asked by load balancers.
          new MountedRoute("GET", "/_health"),
          // Asked by Prometheus and operations; no router leads there.
          new MountedRoute("GET", "/metrics"),
          new MountedRoute("GET", "/metrics/process"),
          // Asked by clients before they log in.
          new MountedRoute("GET", "/.well-known/terraform.json"),
          new MountedRoute("GET", "/api/v2/ping"),
          // Called by Git hosts, who sign what they send.
          new MountedRoute("POST", "/webhooks/vcs/:token"),
          // Followed by people's browsers, with a signed link and with what the host sends back.
          new MountedRoute("GET", "/auth/:uuid"),
          new MountedRoute("GET", "/auth/:uuid/callback"),
          // Pages without anything of anybody's: where people sign in and out, and what pages are
          // made with.
          new MountedRoute("GET", "/"),
          new MountedRoute("GET", "/session"),
          new MountedRoute("POST", "/session"),
          new MountedRoute("POST", "/session/end"),
          new MountedRoute("GET", "/assets/:digest/:name"),
          // Called by terraform, with a code that a person's browser has brought it.
          new MountedRoute("POST", "/oauth/token"),
          // Guarded by address and by a token of their own.
          new MountedRoute("GET", "/admin/account/new"),
          new MountedRoute("POST", "/admin/account/new"),
          new MountedRoute("GET", "/account/password/edit"),
          new MountedRoute("POST", "/account/password/edit"),
          new MountedRoute("GET", "/admin/retrieve-iact"),
          new MountedRoute("POST", "/admin/initial-admin-user"));

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();

  @Test
  void all_but_the_public_routes_refuse_a_call_without_a_token() {
    Map<String, Integer> others = new TreeMap<>();

    for (MountedRoute route : atlas.mounted()) {
      Answer answer =
          atlas.nobody().send(route.method(), route.path().replace(":", ""), "", Map.of());
      if (!isRefused(answer) && !PUBLIC.contains(route)) {
        others.put(route.method() + " " + route.path(), answer.status());
      }
    }

    assertThat(others).isEmpty();
    assertThat(atlas.mounted()).containsAll(PUBLIC);
  }

  /// Pages send people to where they sign in.
  private static boolean isRefused(Answer answer) {
    return answer.status() == 401
        || (answer.status() == 303
            && answer.header("Location").filter(to -> to.startsWith("/session")).isPresent());
  }

  @Test
  void the_documents_list_the_routes_that_there_are() throws IOException {
    Set<String> mounted =
        atlas.mounted().stream()
            .filter(route -> route.path().startsWith("/api/v2/"))
            .map(route -> route.method() + " " + route.path().substring("/api/v2".length()))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> documented =
        Files.readAllLines(Path.of("../docs/api.md")).stream()
            .filter(line -> line.matches("[A-Z]+ /.*"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(mounted);
  }

  @Test
  void a_route_that_is_not_there_is_404_with_a_token_and_without() {
    Answer nobody = atlas.nobody().get("/api/v2/nothing/here");
    Answer admin = atlas.admin().get("/api/v2/nothing/here");

    assertThat(nobody.status()).isEqualTo(404);
    assertThat(admin.status()).isEqualTo(404);
    assertThat(nobody.json().at("/errors/0/status").asText()).isEqualTo("404");
    assertThat(nobody.header("Content-Type")).contains("application/vnd.api+json");
  }

  @Test
  void every_answer_says_what_kind_of_server_this_is() {
    for (String path : Set.of("/api/v2/ping", "/api/v2/nothing", "/api/v2/account/details")) {
      Answer answer = atlas.nobody().get(path);

      assertThat(answer.header("TFP-API-Version")).contains("2.6");
      assertThat(answer.header("TFP-AppName")).contains("Terraform Enterprise");
      assertThat(answer.header("X-TFE-Version")).contains("v202507-1");
      assertThat(answer.header("X-TFE-Current-Version")).contains("1.0.3");
    }
  }

  @Test
  void discovery_names_the_services_that_exist() {
    Answer answer = atlas.nobody().get("/.well-known/terraform.json");

    assertThat(answer.header("Content-Type")).contains("application/json");
    Golden.assertSame("discovery.json", answer.json());
  }

  @Test
  void ping_is_204() {
    assertThat(atlas.nobody().get("/api/v2/ping").status()).isEqualTo(204);
  }

  @Test
  void health_names_the_dependency_that_is_down() {
    Answer answer = atlas.nobody().get("/_health");

    assertThat(answer.status()).isEqualTo(503);
    Golden.assertSame("health-without-vault.json", answer.json());
  }
}
