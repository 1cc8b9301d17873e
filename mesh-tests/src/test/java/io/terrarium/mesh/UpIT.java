package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `up` as a process: how it stops, is killed, and goes on.
class UpIT {
  @TempDir private Path directory;

  private static final String CREATED =
      """
      resource "terraform_data" "a" {}
      """;

  private MeshProcess status() {
    return MeshProcess.of(directory, "app", "status", "--data", MeshProcess.data(directory));
  }

  private void assertStopped() {
    try (MeshProcess status = status()) {
      assertThat(status.await()).as(status.output()).isEqualTo(1);
      assertThat(status.output()).contains("\"State\" : \"stopped\"");
    }
  }

  @Nested
  class A_mesh_that_is_killed_with_all_its_processes {
    @Test
    @Tag("long")
    void goes_on_with_the_queued_runs() {
      assertGoesOn("--separate");
    }

    @Test
    void goes_on_with_the_queued_runs_where_it_is_one_process() {
      assertGoesOn();
    }

    private void assertGoesOn(String... more) {
      try (Hold hold = new Hold();
          MeshProcess killed = MeshProcess.up(directory, more).awaitUp()) {
        Site site = killed.firstSite();
        site.organization("killed");
        TerraformCli terraform = site.cloud("killed", "queue", CREATED + hold.resource("held"));
        terraform.run("init");
        try (TerraformCli.Running apply = terraform.start("apply", "-auto-approve")) {
          hold.awaitArrivals(1);
          String applying = site.latestRun("killed", "queue");
          String queued = site.queueRun(site.workspaceId("killed", "queue"));

          killed.killAll();

          apply.kill();
          assertStopped();
          hold.release();
          try (MeshProcess next = MeshProcess.up(directory, more).awaitUp()) {
            Site again = next.site(site);
            again.awaitStatus(applying, "errored");
            again.awaitStatus(queued, "applied");
            assertThat(again.log(applying, "apply")).as("a log that ends").endsWith("\u0003");
            next.stop();
          }
        }
      }
    }
  }

  @Nested
  class A_mesh_that_is_stopped {
    @Test
    void leaves_nothing_running_and_starts_again() {
      assertStartsAgain("INT");
    }

    @Test
    @Tag("long")
    void leaves_nothing_running_and_starts_again_by_either_signal() {
      assertStartsAgain("TERM");
    }

    private void assertStartsAgain(String signal) {
      try (MeshProcess first = MeshProcess.up(directory).awaitUp()) {
        Site site = first.firstSite();
        site.organization("kept");
        assertThat(first.running()).as("itself, PostgreSQL and Redis").hasSizeGreaterThan(2);

        int exit = first.signal(signal).await();

        assertThat(exit).as(first.output()).isZero();
        first.awaitNothingLeft();
        assertStopped();
        try (MeshProcess second = MeshProcess.up(directory).awaitUp()) {
          assertThat(second.site(site).api().get("/api/v2/organizations/kept").status())
              .isEqualTo(200);
          second.stop();
        }
      }
    }
  }

  @Nested
  class A_mesh_whose_terminal_interrupts_all_its_processes {
    @Test
    void stops_in_good_order_in_the_middle_of_a_run_and_goes_on_later() {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "there is no setsid");
      try (Hold hold = new Hold();
          MeshProcess first = MeshProcess.upInGroup(directory, "--separate").awaitUp()) {
        Site site = first.firstSite();
        site.organization("group");
        String workspace = site.workspace("group", "held");
        site.upload(workspace, Slugs.of("main.tf", CREATED + hold.resource("held")));
        String applying = site.queueRun(workspace);
        hold.awaitArrivals(1);
        String queued = site.queueRun(workspace);

        int exit = first.interruptGroup().await();

        assertThat(exit).as(first.output()).isZero();
        first.awaitNothingLeft();
        assertThat(first.output()).doesNotContain("died").doesNotContain("failed");
        assertStopped();
        hold.release();
        try (MeshProcess next = MeshProcess.up(directory, "--separate").awaitUp()) {
          Site again = next.site(site);
          again.awaitStatus(applying, "errored");
          again.awaitStatus(queued, "applied");
          assertThat(again.log(applying, "apply")).as("a log that ends").endsWith("\u0003");
          next.stop();
        }
      }
    }
  }

  @Nested
  class A_second_mesh {
    @Test
    void on_the_same_data_is_refused_and_does_not_disturb_the_first() {
      try (MeshProcess first = MeshProcess.up(directory).awaitUp()) {
        Site site = first.firstSite();

        try (MeshProcess second =
            MeshProcess.of(directory, MeshProcess.arguments(directory, "up"))) {
          assertThat(second.await()).isEqualTo(1);
          assertThat(second.explanation()).singleElement().asString().contains("in use");
        }

        assertThat(site.api().get("/api/v2/account/details").status()).isEqualTo(200);
        try (MeshProcess status = status()) {
          assertThat(status.await()).as("the status is still the first one's").isZero();
        }
        first.stop();
      }
    }
  }
}
