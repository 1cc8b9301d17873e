package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
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
        "trace --help"
      })
  void every_command_explains_itself(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Usage: terrarium").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"down", "up --nonsense", "up --https-port many", "up --http-port 65536", "trace"})
  void a_wrong_command_line_ends_with_two_and_the_usage(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: terrarium").doesNotContain("Exception");
  }

  @Test
  void the_status_of_data_that_no_mesh_has_used_is_one_line_and_one() {
    assertThat(run("app", "status", "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh has run on ").hasLineCount(1);
  }

  @Test
  void a_stopped_mesh_is_not_started() {
    StatusFile status = StatusFile.starting(directory);
    status.started(URI.create("http://127.0.0.1:1"));
    assertThat(run("app", "status", "--data", directory.toString())).isZero();
    status.close();
    assertThat(run("app", "status", "--data", directory.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"AppID\"", "\"State\" : \"started\"", "\"State\" : \"stopped\"");
  }

  @Test
  void a_trace_without_a_mesh_says_where_none_runs() {
    StatusFile.starting(directory).close();
    assertThat(run("trace", "run-1", "--data", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: no mesh runs on ").hasLineCount(1);
  }

  @Test
  void a_terraform_that_is_none_is_named_before_anything_starts() {
    String terraform = directory.resolve("none").toString();
    assertThat(run("up", "--data", directory.toString(), "--terraform", terraform)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("terrarium: no terraform that answers is at " + terraform)
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void settings_that_are_not_there_are_named() {
    String file = directory.resolve("none.json").toString();
    assertThat(run("up", "--data", directory.toString(), "--settings", file)).isEqualTo(1);
    assertThat(err.toString()).startsWith("terrarium: " + file + ": there is no such file");
  }

  private int run(String... arguments) {
    return Terrarium.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
