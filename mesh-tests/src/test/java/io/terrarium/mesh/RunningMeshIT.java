package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `up` tells its user, done word by word; and the other commands beside a running mesh.
class RunningMeshIT {
  private static final String INITIAL_TOKEN = "an initial admin creation token of the settings";
  private static final Pattern ADMIN =
      Pattern.compile(
          "curl -s -X POST .*?\"http://[^/]+(/admin/\\S+\\?token=)\\$\\(curl -s http://[^/]+(/admin/\\S+)\\)\""
              + ".*?-d '(.*?)'",
          Pattern.DOTALL);
  private static final Pattern ORGANIZATION =
      Pattern.compile(
          "curl -s -X POST -H 'Authorization: Bearer <token>'.*? http://[^/]+(/\\S+) .*?-d '(.*?)'",
          Pattern.DOTALL);
  private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(\\S+)");
  private static final Pattern SNIPPET =
      Pattern.compile("\n( +terraform \\{\n.*?\n  \\}\n)", Pattern.DOTALL);

  @TempDir private static Path directory;
  private static MeshProcess mesh;
  private static Site site;

  @BeforeAll
  static void start() throws IOException {
    Path settings = directory.resolve("settings.json");
    Files.writeString(settings, "{\"user_token\": {\"value\": \"%s\"}}\n".formatted(INITIAL_TOKEN));
    mesh = MeshProcess.up(directory, "--settings", settings.toString());
    try {
      mesh.awaitUp();
      site = mesh.site(firstAdmin());
      site.organization("told");
    } catch (RuntimeException | AssertionError e) {
      mesh.close();
      throw e;
    }
  }

  @AfterAll
  static void stop() {
    try {
      mesh.stop();
    } finally {
      mesh.close();
    }
  }

  /// What the printed curl does; the token in its answer.
  private static String firstAdmin() {
    Matcher command = found(ADMIN);
    ApiClient nobody = mesh.site("").api();
    String initial = nobody.get(command.group(2)).text();
    assertThat(initial).as("the setting takes effect").isEqualTo(INITIAL_TOKEN);
    ApiClient.Answer made =
        nobody.post(command.group(1) + initial.replace(" ", "%20"), command.group(3));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    return made.json().path("token").asText();
  }

  private static Matcher found(Pattern pattern) {
    Matcher matcher = pattern.matcher(mesh.output());
    assertThat(matcher.find()).as("%s in %s", pattern, mesh.output()).isTrue();
    return matcher;
  }

  private static Map<String, String> exports() {
    Map<String, String> exports = new LinkedHashMap<>();
    Matcher matcher = EXPORT.matcher(mesh.output());
    while (matcher.find()) {
      exports.put(matcher.group(1), matcher.group(2));
    }
    return exports;
  }

  @Test
  void what_up_has_printed_is_all_that_terraform_needs() throws IOException {
    Map<String, String> exports = exports();
    Path file = Path.of(exports.getOrDefault("TF_CLI_CONFIG_FILE", "none"));
    Files.writeString(file, Files.readString(file).replace("<token>", site.token()));
    Matcher organization = found(ORGANIZATION);
    site.api().post(organization.group(1), organization.group(2));
    String cloud = found(SNIPPET).group(1).replaceFirst("name = \"…\"", "name = \"snippet\"");
    TerraformCli terraform =
        new TerraformCli(Files.createTempDirectory(directory, "snippet"), exports)
            .write("main.tf", cloud + "resource \"terraform_data\" \"a\" {}\n");

    TerraformCli.Result init = terraform.run("init", "-no-color");
    TerraformCli.Result apply = terraform.run("apply", "-no-color", "-auto-approve");

    assertThat(init.exit()).as(init.output()).isZero();
    assertThat(apply.output()).contains("Apply complete! Resources: 1 added");
  }

  @Test
  void the_authority_that_up_names_is_the_one_that_signed() throws IOException {
    Path authority = Path.of(found(Pattern.compile("CA +(/\\S+)")).group(1));
    String bundle = Files.readString(Path.of(exports().getOrDefault("SSL_CERT_FILE", "none")));

    assertThat(Files.readString(authority)).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(bundle).contains(Files.readString(authority).strip());
  }

  @Test
  void app_status_says_started() {
    try (MeshProcess status =
        MeshProcess.of(directory, "app", "status", "--data", MeshProcess.data(directory))) {
      assertThat(status.await()).as(status.output()).isZero();
      assertThat(status.output())
          .contains("\"State\" : \"started\"", "\"IsTransitioning\" : false");
    }
  }

  @Test
  void trace_finds_the_mesh_by_its_data() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), site.token() + "\n");
    String workspace = site.workspace("told", "traced");
    site.upload(workspace, Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {}\n"));
    String run = site.queueRun(workspace);
    site.awaitStatus(run, "applied");

    try (MeshProcess trace =
        MeshProcess.of(
            directory,
            "trace",
            run,
            "--data",
            MeshProcess.data(directory),
            "--token-file",
            token.toString())) {
      assertThat(trace.await()).as(trace.output()).isZero();
      assertThat(trace.output().lines().map(String::strip))
          .contains("plan", "apply")
          .anyMatch(line -> line.matches("3 .*build-manager +-> build-worker +rabbitmq.*"));
    }
  }
}
