package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the mesh writes into its log, read as a person or a log collector reads it.
class LogsIT {
  private static final String VALUE = "a-value-that-nobody-may-read";
  private static final Set<String> ON_THE_WAY =
      Set.of("router", "atlas", "sidekiq-worker", "build-manager", "build-worker");
  private static final Set<String> IN_EVERY_LINE =
      Set.of("timestamp", "level", "component", "logger", "message");

  @TempDir private Path directory;
  private MeshProcess mesh;

  @AfterEach
  void stop() {
    mesh.close();
  }

  private Path logs() {
    return directory.resolve("data").resolve("log");
  }

  /// All lines of the services, which are those of the router and of the command too.
  private List<JsonNode> lines() {
    try (Stream<Path> files = Files.list(logs())) {
      List<JsonNode> lines = new ArrayList<>();
      for (Path file : files.filter(LogsIT::isOurs).sorted(Comparator.naturalOrder()).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(Json.SNAKE.readTree(line));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Not that of a server which is none of ours.
  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString().replaceAll("\\.log$", "");
    return name.equals("terrarium")
        || (MeshProcess.MAIN_CLASSES.containsKey(name) && !Set.of("broker", "s3").contains(name));
  }

  private Set<String> components(Predicate<JsonNode> of) {
    return lines().stream()
        .filter(of)
        .map(line -> line.path("component").asText())
        .collect(Collectors.toSet());
  }

  private static Predicate<JsonNode> with(String field, String value) {
    return line -> line.path(field).asText().equals(value);
  }

  private String appliedRun(Site site) {
    site.organization("told");
    String workspace = site.workspace("told", "lines");
    site.api()
        .post(
            "/api/v2/workspaces/" + workspace + "/vars",
            "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"A\",\"value\":\""
                + VALUE
                + "\",\"category\":\"env\",\"sensitive\":true}}}");
    site.upload(workspace, Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {}\n"));
    String run = site.queueRun(workspace);
    site.awaitStatus(run, "applied");
    return run;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void all_services_that_had_to_do_with_a_run_tell_of_it_by_its_id(boolean separate) {
    mesh = separate ? MeshProcess.separate(directory, Map.of()) : MeshProcess.up(directory);
    Site site = mesh.awaitUp().firstSite();

    String run = appliedRun(site);

    Eventually.until(
        () -> "only " + components(with("run_id", run)),
        () -> components(with("run_id", run)).containsAll(ON_THE_WAY));
    List<JsonNode> jobs =
        lines().stream().filter(with("run_id", run).and(line -> line.has("job_id"))).toList();
    assertThat(jobs)
        .isNotEmpty()
        .allMatch(with("component", "sidekiq-worker"))
        .anyMatch(with("job_class", "Runs::EnqueueBuild"));
    assertThat(components(with("phase", "apply").and(line -> line.has("trace_id"))))
        .contains("build-manager", "build-worker", "sidekiq-worker");
    assertThat(lines())
        .allMatch(line -> IN_EVERY_LINE.stream().allMatch(line::has))
        .noneMatch(with("level", "ERROR"));
  }

  @Test
  void the_lines_of_a_request_are_found_by_the_id_in_its_answer_and_none_holds_a_secret() {
    mesh = MeshProcess.up(directory);
    Site site = mesh.awaitUp().firstSite();
    String run = appliedRun(site);

    ApiClient.Answer comment =
        site.api()
            .post(
                "/api/v2/runs/" + run + "/comments",
                "{\"data\":{\"type\":\"comments\",\"attributes\":{\"body\":\"b\"}}}");
    String id = comment.raw().headers().firstValue("X-Request-Id").orElseThrow();

    Eventually.until(
        () -> "only " + components(with("request_id", id)),
        () -> components(with("request_id", id)).equals(Set.of("router", "atlas")));
    assertThat(lines())
        .filteredOn(with("request_id", id))
        .anyMatch(line ->
            line.path("message")
                .asText()
                .startsWith("[Audit Log] {\"resource\":\"comment\",\"action\":\"create\","));
    String all = text();
    assertThat(all).doesNotContain(VALUE, site.token(), ".atlasv1.");
    assertThat(all).doesNotContainPattern("/v1/object/[A-Za-z0-9]");
    for (String secret : List.of("internal_api_token", "root_secret", "archivist_token")) {
      assertThat(site.secret(secret)).as(secret).isNotBlank();
      assertThat(all).doesNotContain(site.secret(secret));
    }
  }

  private String text() {
    try {
      return Files.readString(logs().resolve("terrarium.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
