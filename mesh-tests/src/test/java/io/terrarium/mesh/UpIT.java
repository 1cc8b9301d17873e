package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line as a process: how it starts, stops, is killed, and what it refuses.
class UpIT {
  @TempDir private Path directory;

  private static final String CREATED =
      """
      resource "terraform_data" "a" {}
      """;

  @Nested
  class A_mesh_that_is_killed_with_all_its_processes {
    @ParameterizedTest
    @ValueSource(strings = {"", "--separate"})
    void goes_on_with_the_queued_runs(String form) {
      String[] more = form.isEmpty() ? new String[0] : new String[] {form};
      try (Hold hold = new Hold();
          MeshProcess killed = MeshProcess.up(directory, more).awaitUp()) {
        Site site = killed.firstSite();
        site.organization("killed");
        TerraformCli terraform = site.cloud("killed", "queue", CREATED + hold.resource("held"));
        terraform.run("init");
        TerraformCli.Running apply = terraform.start("apply", "-auto-approve");
        hold.awaitArrivals(1);
        String applying = site.latestRun("killed", "queue");
        String queued = site.queueRun(site.workspaceId("killed", "queue"));

        killed.killAll();

        hold.release();
        apply.kill();
        try (MeshProcess next = MeshProcess.up(directory, more).awaitUp()) {
          Site again = next.site(site);
          again.awaitStatus(applying, "errored");
          again.awaitStatus(queued, "applied");
          assertThat(again.log(applying, "apply")).as("a log that ends").endsWith("\u0003");
          next.signal("TERM").await();
        }
      }
    }
  }

  @Nested
  class A_mesh_that_is_stopped {
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void leaves_nothing_running_and_starts_again(String signal) {
      MeshProcess first = MeshProcess.up(directory).awaitUp();
      Site site = first.firstSite();
      site.organization("kept");
      List<ProcessHandle> tree = first.tree();

      int exit = first.signal(signal).await();

      assertThat(exit).as(first.output()).isZero();
      assertThat(tree).noneMatch(ProcessHandle::isAlive);
      MeshProcess status =
          MeshProcess.of(
              directory, "app", "status", "--data", directory.resolve("data").toString());
      status.await();
      assertThat(status.output()).contains("\"State\" : \"stopped\"");
      try (MeshProcess second = MeshProcess.up(directory).awaitUp()) {
        assertThat(second.site(site).api().get("/api/v2/organizations/kept").status())
            .isEqualTo(200);
        second.signal("TERM").await();
      }
    }
  }

  @Nested
  class A_second_mesh {
    @Test
    void on_the_same_data_is_refused_and_does_not_disturb_the_first() {
      try (MeshProcess first = MeshProcess.up(directory).awaitUp()) {
        Site site = first.firstSite();

        MeshProcess second = MeshProcess.up(directory);

        assertThat(second.await()).isEqualTo(1);
        assertThat(explanation(second)).singleElement().asString().contains("in use");
        assertThat(site.api().get("/api/v2/account/details").status()).isEqualTo(200);
        first.signal("TERM").await();
      }
    }
  }

  @Nested
  class A_start {
    @Test
    void on_a_taken_port_is_one_line_that_names_the_flag() throws IOException {
      try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        MeshProcess refused =
            MeshProcess.of(
                directory,
                "up",
                "--data",
                directory.resolve("data").toString(),
                "--http-port",
                "0",
                "--https-port",
                Integer.toString(stranger.getLocalPort()));

        assertThat(refused.await()).isEqualTo(1);
        assertThat(explanation(refused)).singleElement().asString().contains("--https-port");
        assertThat(refused.tree().stream().skip(1)).isEmpty();
      }
    }

    @Test
    void on_the_data_of_another_version_is_one_line() throws IOException {
      Path data = Files.createDirectories(directory.resolve("data"));
      Files.writeString(data.resolve("version"), "99\n");

      MeshProcess refused = MeshProcess.up(directory);

      assertThat(refused.await()).isEqualTo(1);
      assertThat(explanation(refused)).singleElement().asString().contains("format 99");
    }

    @Test
    void with_five_mistakes_in_its_settings_names_them_all_and_starts_nothing() throws IOException {
      Path settings = directory.resolve("settings.json");
      Files.writeString(
          settings,
          """
          {
            "installation_type": {"value": "production"},
            "capacity_memory": {"value": "much"},
            "internal_api_token": {"value": "not hex"},
            "iact_subnet_list": {"value": "everywhere"},
            "no_such_setting": {"value": "1"}
          }
          """);

      MeshProcess refused = MeshProcess.up(directory, "--settings", settings.toString());

      assertThat(refused.await()).isEqualTo(1);
      assertThat(explanation(refused)).hasSize(5);
      assertThat(refused.output())
          .contains("production_type", "capacity_memory", "internal_api_token")
          .contains("iact_subnet_list", "no_such_setting");
      assertThat(directory.resolve("data").resolve("postgres")).doesNotExist();
    }
  }

  @Nested
  class A_demo {
    @Test
    void once_ends_with_an_applied_run_and_its_trace_and_leaves_nothing_running() {
      MeshProcess demo =
          MeshProcess.of(directory, MeshProcess.arguments(directory, "demo", "--once"));

      int exit = demo.await();

      assertThat(exit).as(demo.output()).isZero();
      assertThat(demo.output()).contains("Apply complete!", "rabbitmq", "archivist");
      assertThat(demo.tree().stream().skip(1)).isEmpty();
    }
  }

  /// What a failed command said to its user, without the progress.
  private static List<String> explanation(MeshProcess process) {
    return process.output().lines().filter(line -> line.startsWith("terrarium: ")).toList();
  }
}
