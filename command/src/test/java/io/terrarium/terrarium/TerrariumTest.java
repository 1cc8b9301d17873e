package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.embedded.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerrariumTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "up --help",
        "demo --help",
        "app --help",
        "app status --help",
        "admin --help",
        "admin rotate-encryption-password --help",
        "admin rewrap --help",
        "admin health-check --help",
        "admin list-nodes --help",
        "admin node-drain --help",
        "trace --help",
        "backup --help",
        "restore --help",
        "admin --help",
        "admin backup-token --help",
        "bench --help",
        "test-mesh --help",
        "git-token --help"
      })
  void every_command_explains_itself(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Usage: terrarium").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "down",
        "up --nonsense",
        "up --git-port 3000",
        "up --https-port many",
        "up --http-port 65536",
        "trace",
        "backup",
        "restore",
        "bench --only none",
        "bench --runs 0",
        "test-mesh"
      })
  void a_wrong_command_line_ends_with_two_and_the_usage(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: terrarium").doesNotContain("Exception");
  }

  @Test
  void the_status_of_data_that_no_mesh_has_used_is_one_line_and_one() {
    assertThat(run("app", "status", "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh has run on ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void where_no_mesh_runs_a_snapshot_is_neither_taken_nor_restored(String command) {
    String file = directory.resolve("mesh.snapshot").toString();

    assertThat(run(command, file, "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh runs on ").hasLineCount(1);
  }

  @Test
  void the_backup_token_is_the_one_that_the_mesh_keeps() {
    BackupToken.keep(directory, Map.of(BackupToken.VARIABLE, "of the settings"));

    assertThat(run("admin", "backup-token", "--data", directory.toString())).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("of the settings");
  }

  @Test
  void a_stopped_mesh_is_not_started() {
    try (DataDirectory data = DataDirectory.open(directory);
        StatusFile status = StatusFile.starting(data.root())) {
      status.started(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1"));
      assertThat(run("app", "status", "--data", directory.toString())).isZero();
    }
    assertThat(run("app", "status", "--data", directory.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"AppID\"", "\"State\" : \"started\"", "\"State\" : \"stopped\"");
  }

  @Test
  void a_mesh_that_was_killed_is_not_started_whatever_has_its_pid_and_its_port() {
    StatusFile.starting(directory)
        .started(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1"));

    assertThat(run("app", "status", "--data", directory.toString())).isEqualTo(1);
    assertThat(run("trace", "run-1", "--data", directory.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("\"State\" : \"stopped\"");
    assertThat(err.toString()).startsWith("terrarium: no mesh runs on ");
  }

  @Test
  void a_trace_without_a_mesh_says_where_none_runs() {
    StatusFile.starting(directory).close();
    assertThat(run("trace", "run-1", "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh runs on ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"health-check", "list-nodes", "node-drain"})
  void an_admin_command_without_a_mesh_says_where_none_runs(String command) {
    StatusFile.starting(directory).close();
    assertThat(run("admin", command, "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh runs on ").hasLineCount(1);
  }

  @Test
  void a_terraform_that_is_none_is_named_before_anything_starts() {
    String terraform = directory.resolve("none").toString();
    assertThat(run("up", "--data", directory.toString(), "--terraform", terraform)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("terrarium: no terraform that can be used: " + terraform + " (no answer)")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10.5", "0.15.5"})
  void a_terraform_that_is_too_old_is_named_with_its_version(String version) throws IOException {
    Path terraform = terraform("echo '{\"terraform_version\": \"" + version + "\"}'");

    assertThat(run("up", "--data", directory.toString(), "--terraform", terraform.toString()))
        .isEqualTo(1);

    assertThat(err.toString()).contains(terraform + " (" + version + ", too old)", "1.11 or newer");
  }

  @Test
  void the_first_terraform_that_is_new_enough_is_taken() throws IOException {
    Path terraform = terraform("echo '{\"terraform_version\": \"1.12.0-beta1\"}'");

    TerraformBinary taken =
        TerraformBinary.firstUsable(List.of(directory.resolve("none"), terraform));

    assertThat(taken).isEqualTo(new TerraformBinary(terraform, "1.12.0-beta1"));
  }

  @Test
  void a_terraform_that_never_answers_is_not_awaited() throws IOException {
    Path terraform = terraform("exec sleep 60");

    assertThat(TerraformBinary.ask(terraform, Duration.ofMillis(100))).isEmpty();
  }

  private Path terraform(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("terraform"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  @Test
  void data_that_another_mesh_uses_gets_no_log() throws IOException {
    Path terraform = terraform("echo '{\"terraform_version\": \"1.12.0\"}'");
    try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
      String place = data.root().toString();

      assertThat(run("up", "--data", place, "--terraform", terraform.toString())).isEqualTo(1);

      assertThat(err.toString()).contains("in use by process");
      assertThat(data.root().resolve("log")).doesNotExist();
    }
  }

  @Test
  void settings_that_are_not_there_are_named() {
    String file = directory.resolve("none.json").toString();
    assertThat(run("up", "--data", directory.toString(), "--settings", file)).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: " + file + ": there is no such file");
    assertThat(directory).isEmptyDirectory();
  }

  private int run(String... arguments) {
    return Terrarium.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
