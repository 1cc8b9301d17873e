package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each part of a mesh taken away, as load balancers and operators see it.
@Tag("long")
class HealthIT {
  @TempDir private static Path directory;
  private static MeshFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new MeshFixture(directory, true);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void all_is_well() {
    awaitDown(Set.of());
  }

  private static ApiClient.Answer full() {
    return fixture.site().health();
  }

  /// What is not up, by an answer whose status says the same.
  private static Set<String> down() {
    ApiClient.Answer answer = full();
    Set<String> down = new TreeSet<>();
    if (answer.status() == 200 || answer.status() == 500) {
      answer
          .json()
          .properties()
          .forEach(part -> {
            if (!part.getValue().asText().equals("UP")) {
              down.add(part.getKey());
            }
          });
      assertThat(answer.status()).as(answer.text()).isEqualTo(down.isEmpty() ? 200 : 500);
      return down;
    }
    return Set.of("no answer: " + answer.status());
  }

  private static void awaitDown(Set<String> parts) {
    Eventually.until(() -> parts + " alone: " + full().text(), () -> down().equals(parts));
  }

  /// The processes of a service, or of a server that left the tree of who started it.
  private static List<Long> pids(String part) {
    Long pid = fixture.mesh().processes().get(part);
    if (pid != null) {
      return List.of(pid);
    }
    List<Long> pids = Processes.runningProgram(part, directory);
    assertThat(pids).as(part).isNotEmpty();
    return pids;
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, postgres",
    "redis-server, redis",
    "broker, rabbitmq",
    "s3, object-storage",
    "vault, vault",
    "atlas, atlas",
    "sidekiq-worker, sidekiq-worker",
    "build-manager, build-manager",
    "build-worker, build-worker",
    "state-parser, state-parser",
    "outbound-proxy, outbound-proxy",
    "slug-ingress, slug-ingress",
    "registry-api, registry-api",
    "registry-worker, registry-worker"
  })
  void what_hangs_is_named_alone_until_it_goes_on(String part, String name) {
    try (Standstill _ = new Standstill(pids(part))) {
      awaitDown(Set.of(name));
    }
    awaitDown(Set.of());
  }

  @Test
  void what_only_a_service_that_hangs_could_tell_is_unknown() {
    try (Standstill _ = new Standstill(pids("archivist"))) {
      awaitDown(Set.of("archivist", "object-storage"));

      JsonNode answer = full().json();

      assertThat(answer.path("archivist").asText()).isEqualTo("DOWN");
      assertThat(answer.path("object-storage").asText()).isEqualTo("UNKNOWN");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "broker, rabbitmq",
    "s3, object-storage",
    "vault, vault",
    "atlas, atlas",
    "archivist, archivist",
    "sidekiq-worker, sidekiq-worker",
    "build-manager, build-manager",
    "build-worker, build-worker",
    "state-parser, state-parser",
    "outbound-proxy, outbound-proxy",
    "slug-ingress, slug-ingress",
    "registry-api, registry-api",
    "registry-worker, registry-worker"
  })
  void what_was_killed_is_named_until_another_is_in_its_place(String part, String name) {
    long pid = fixture.pid(part);

    Processes.kill(ProcessHandle.of(pid).orElseThrow());

    Eventually.until(() -> name + " is not named: " + full().text(), () -> down().contains(name));
    awaitDown(Set.of());
  }

  @Test
  void a_mesh_that_was_healthy_once_is_not_looked_at_again_unless_asked() {
    try (Standstill _ = new Standstill(pids("state-parser"))) {
      awaitDown(Set.of("state-parser"));

      ApiClient.Answer cheap = fixture.site().api().get("/_health_check");

      assertThat(cheap.status()).isEqualTo(200);
    }
  }

  @Test
  void the_command_prints_every_check_and_says_what_fails() {
    try (Standstill _ = new Standstill(pids("state-parser"));
        MeshProcess failing = admin("health-check")) {
      assertThat(failing.await()).isEqualTo(1);
      assertThat(failing.output())
          .contains(
              "checking: Archivist Health Check...",
              "|  checks that archivist is up and answers",
              "|- ✓ PASS",
              "checking: State Parser Health Check...",
              "/_health did not answer within 4 s",
              "1 checks failed.");
    }
    awaitDown(Set.of());
    try (MeshProcess passing = admin("health-check")) {
      assertThat(passing.await()).as(passing.output()).isZero();
      assertThat(passing.output()).contains("All checks passed.").doesNotContain("ERROR");
    }
  }

  private static MeshProcess admin(String command) {
    return MeshProcess.of(directory, "admin", command, "--data", MeshProcess.data(directory));
  }
}
