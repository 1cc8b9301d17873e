package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testservers.ServersWithTls;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes that share PostgreSQL, Redis, RabbitMQ and S3.
@Tag("long")
class ActiveActiveIT {
  private static final String CREATED = "resource \"terraform_data\" \"a\" {}\n";

  @TempDir private Path directory;
  private OwnServers servers;
  private String terraform;
  private Hold hold;

  @BeforeAll
  static void look() {
    ServersWithTls.assume();
  }

  @BeforeEach
  void start() {
    servers = new OwnServers(directory);
    hold = new Hold();
    terraform = Wrapper.around(MeshFixture.terraform(), directory, hold).toString();
  }

  @AfterEach
  void stop() {
    hold.close();
    servers.close();
  }

  private MeshProcess node(String name) {
    Path place = directory.resolve(name);
    String settings = OwnServers.file(place, servers.activeActive());
    return MeshProcess.up(
        place, servers.broker(), "--settings", settings, "--terraform", terraform);
  }

  @Test
  void what_happens_on_one_node_is_seen_through_the_other() {
    try (MeshProcess one = node("one").awaitUp();
        MeshProcess two = node("two").awaitUp()) {
      Site here = one.firstSite();
      Site there = two.site(here);
      here.organization("shared");
      TerraformCli.Result apply =
          here.initialized("shared", "one", CREATED).run("apply", "-auto-approve");
      assertThat(apply.exit()).as(apply.output()).isZero();

      String run = there.latestRun("shared", "one");

      there.awaitStatus(run, "applied");
      assertThat(there.log(run, "apply")).contains("Apply complete!");
      TerraformCli.Result shown = there.initialized("shared", "one", CREATED).run("state", "list");
      assertThat(shown.output()).contains("terraform_data.a");
      two.stop();
      one.stop();
    }
  }

  @Test
  void a_plan_whose_node_is_killed_is_ended_by_the_other() {
    try (MeshProcess one = node("one").awaitUp()) {
      Site site = one.firstSite();
      site.organization("killed");
      String workspace = site.workspace("killed", "plan");
      site.upload(workspace, Slugs.of("main.tf", Wrapper.WAITS_IN_PLAN + CREATED));
      String run = site.queueRun(workspace);
      hold.awaitArrivals(1);
      try (MeshProcess two = node("two").awaitUp()) {
        one.killAll();

        hold.release();
        Site there = two.site(site);
        there.awaitStatus(run, "applied");
        assertThat(hold.arrived()).as("plans").isEqualTo(2);
        assertThat(there.log(run, "apply")).contains("Apply complete!");
      }
    }
  }
}
