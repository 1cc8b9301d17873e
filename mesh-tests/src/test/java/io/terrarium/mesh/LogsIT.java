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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh writes into its log, read as a person or a log collector reads it.
class LogsIT {
  private static final String VALUE = "a-value-that-nobody-may-read";
  private static final String AUDITED =
      "[Audit Log] {\"resource\":\"comment\",\"action\":\"create\",";
  private static final Set<String> ON_THE_WAY =
      Set.of("router", "atlas", "sidekiq-worker", "build-manager", "build-worker");
  private static final Set<String> IN_EVERY_LINE =
      Set.of("timestamp", "level", "component", "logger", "message");
  // Else a service that a test has started would take the quiet settings of tests.
  private static final Map<String, String> AS_WITHOUT_TESTS =
      Map.of("JDK_JAVA_OPTIONS", "-Dlogback.configurationFile=logback.xml");
  private static final String WORD_OF_THE_JVM = "NOTE: Picked up JDK_JAVA_OPTIONS";

  @TempDir private static Path directory;
  private static MeshProcess mesh;
  private static Site site;
  private static String run;

  @BeforeAll
  static void start() {
    mesh = MeshProcess.up(directory);
    try {
      site = mesh.awaitUp().firstSite();
      run = appliedRun(site);
    } catch (RuntimeException | AssertionError e) {
      mesh.close();
      throw e;
    }
  }

  @AfterAll
  static void stop() {
    mesh.close();
  }

  private static String appliedRun(Site site) {
    site.organization("told");
    String workspace = site.workspace("told", "lines");
    site.api()
        .post(
            "/api/v2/workspaces/" + workspace + "/vars",
            "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"A\",\"value\":\""
                + VALUE
                + "\",\"category\":\"env\",\"sensitive\":true}}}");
    site.upload(workspace, Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {}\n"));
    String queued = site.queueRun(workspace);
    site.awaitStatus(queued, "applied");
    return queued;
  }

  /// All lines of the services of a mesh, which are those of the router and of the command too.
  private static List<JsonNode> lines(Path place) {
    try (Stream<Path> files = Files.list(place.resolve("data").resolve("log"))) {
      List<JsonNode> lines = new ArrayList<>();
      for (Path file : files.filter(LogsIT::isOurs).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.startsWith(WORD_OF_THE_JVM)) {
            lines.add(Json.SNAKE.readTree(line));
          }
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

  private static Set<String> components(Path place, Predicate<JsonNode> of) {
    return lines(place).stream()
        .filter(of)
        .map(line -> line.path("component").asText())
        .collect(Collectors.toSet());
  }

  private static Predicate<JsonNode> with(String field, String value) {
    return line -> line.path(field).asText().equals(value);
  }

  private static void awaitWord(Path place, String of) {
    Eventually.until(
        () -> "only " + components(place, with("run_id", of)),
        () -> components(place, with("run_id", of)).containsAll(ON_THE_WAY));
  }

  @Test
  void all_services_that_had_to_do_with_a_run_tell_of_it_by_its_id() {
    awaitWord(directory, run);

    assertThat(components(directory, with("phase", "apply").and(line -> line.has("trace_id"))))
        .contains("build-manager", "build-worker", "sidekiq-worker");
  }

  @Test
  void each_of_them_tells_of_it_from_a_process_of_its_own(@TempDir Path other) {
    try (MeshProcess separate = MeshProcess.separate(other, AS_WITHOUT_TESTS)) {
      String applied = appliedRun(separate.awaitUp().firstSite());

      awaitWord(other, applied);
      assertThat(lines(other)).allMatch(line -> IN_EVERY_LINE.stream().allMatch(line::has));
      assertThat(components(other, line -> line.has("node"))).contains("atlas", "build-worker");
    }
  }

  @Test
  void a_job_tells_of_its_run_and_of_itself() {
    awaitWord(directory, run);

    assertThat(lines(directory))
        .filteredOn(with("run_id", run).and(line -> line.has("job_id")))
        .isNotEmpty()
        .allMatch(with("component", "sidekiq-worker"))
        .anyMatch(with("job_class", "Runs::EnqueueBuild"));
  }

  @Test
  void every_line_says_who_speaks_and_a_run_that_goes_well_is_no_error() {
    assertThat(lines(directory))
        .allMatch(line -> IN_EVERY_LINE.stream().allMatch(line::has))
        .noneMatch(with("level", "ERROR"));
    assertThat(components(directory, line -> line.has("node"))).contains("atlas", "build-worker");
  }

  @Test
  void the_lines_of_a_request_its_audit_among_them_are_found_by_the_id_in_its_answer() {
    ApiClient.Answer comment =
        site.api()
            .post(
                "/api/v2/runs/" + run + "/comments",
                "{\"data\":{\"type\":\"comments\",\"attributes\":{\"body\":\"b\"}}}");
    String id = comment.raw().headers().firstValue("X-Request-Id").orElseThrow();

    Eventually.until(
        () -> "only " + components(directory, with("request_id", id)),
        () -> components(directory, with("request_id", id)).equals(Set.of("router", "atlas")));
    assertThat(lines(directory))
        .filteredOn(with("request_id", id))
        .anyMatch(line -> line.path("message").asText().startsWith(AUDITED));
  }

  @Test
  void none_holds_a_secret() throws IOException {
    awaitWord(directory, run);
    List<String> secrets =
        Stream.of("internal_api_token", "root_secret", "archivist_token")
            .map(site::secret)
            .toList();
    assertThat(secrets).noneMatch(String::isBlank);

    assertThat(Files.readString(directory.resolve("data/log/terrarium.log")))
        .doesNotContain(VALUE, site.token(), ".atlasv1.")
        .doesNotContainPattern("/v1/object/[A-Za-z0-9]")
        .doesNotContain(secrets);
  }
}
