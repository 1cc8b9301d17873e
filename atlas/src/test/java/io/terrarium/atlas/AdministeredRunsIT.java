package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministeredRunsIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  @Nested
  class Workspaces_and_runs {
    @Test
    void are_listed_shown_and_counted() {
      String workspace = server.readyWorkspace("watched");
      Answer run = server.run(workspace, "{}");
      worker.claim(run.related("plan"));
      String included = "include=organization,organization.owners,current_run&";

      Answer workspaces =
          server.get("admin", "/admin/workspaces?" + included + query("q", "watched"));
      Answer runs = server.get("admin", "/admin/runs?" + query("q", run.id()));

      Golden.assertSame("admin-workspaces.json", workspaces.withoutCounts());
      Golden.assertSame("admin-runs.json", runs.withoutCounts());
      assertThat(server.get("admin", "/admin/workspaces/" + workspace).data())
          .isEqualTo(workspaces.json().at("/data/0"));
      for (Answer counted : List.of(workspaces, runs)) {
        assertThat(counted.count("planning")).isPositive();
      }
      assertThat(server.get("admin", "/admin/runs?include=workspace.organization.owners").status())
          .isEqualTo(200);
    }

    @Test
    void are_narrowed_and_sorted() {
      String idle = server.workspace("narrow-idle");
      String busy = server.readyWorkspace("narrow-busy");
      Answer run = server.run(busy, "{}");
      worker.claim(run.related("plan"));
      String planning = query("filter[current_run][status]", "planning,applying");

      assertThat(listed("workspaces?" + query("q", "narrow-") + "&sort=-name"))
          .containsExactly(idle, busy);
      assertThat(listed("workspaces?" + query("q", "narrow-") + "&" + planning))
          .containsExactly(busy);
      assertThat(
              listed("runs?" + query("q", "narrow-") + "&" + query("filter[status]", "planning")))
          .containsExactly(run.id());
      assertThat(listed("runs?" + query("filter[from]", "2200-01-01T00:00:00Z"))).isEmpty();
      assertThat(listed("runs?" + query("filter[to]", "2200-01-01T00:00:00+02:00")))
          .contains(run.id());
      assertThat(server.get("admin", "/admin/runs?" + query("filter[to]", "soon")).status())
          .isEqualTo(400);
      assertThat(server.get("admin", "/admin/workspaces?sort=size").status()).isEqualTo(400);
    }

    private List<String> listed(String path) {
      return server.get("admin", "/admin/" + path).ids();
    }

    @Test
    void end_when_they_are_canceled_by_force() {
      String workspace = server.readyWorkspace("stuck");
      Answer run = server.run(workspace, "{}");
      MeshWorker.Held plan = worker.claim(run.related("plan"));
      String action = "/admin/runs/" + run.id() + "/actions/force-cancel";

      Answer canceled = server.post("admin", action, "{\"comment\":\"Stuck\"}");

      assertThat(canceled.attribute("status").asText()).as(canceled.text()).isEqualTo("canceled");
      assertThat(server.get("alice", "/runs/" + run.id() + "/comments").listed("body"))
          .containsExactly("Stuck");
      assertThat(server.get("alice", "/workspaces/" + workspace).attribute("locked").asBoolean())
          .isFalse();
      assertThat(server.post("admin", action, "").status()).isEqualTo(409);
      assertThat(server.post("admin", "/admin/runs/run-none/actions/force-cancel", "").status())
          .isEqualTo(404);
      assertThat(plan.build().runToken()).isNotEmpty();
    }

    @Test
    void are_discarded_where_they_wait_for_a_decision() {
      Answer run = server.run(server.readyWorkspace("undecided"), "{}");
      worker.finishPlan(worker.claim(run.related("plan")), new Changes(1, 0, 0, 0));

      Answer ended = server.post("admin", "/admin/runs/" + run.id() + "/actions/force-cancel", "");

      assertThat(ended.attribute("status").asText()).isEqualTo("discarded");
    }

    @Test
    void are_deleted_without_a_part_in_them() {
      String workspace = server.workspace("doomed");

      int deleted = server.send("admin", "DELETE", "/admin/workspaces/" + workspace, "").status();

      assertThat(deleted).isEqualTo(204);
      assertThat(server.get("alice", "/workspaces/" + workspace).status()).isEqualTo(404);
      assertThat(server.send("admin", "DELETE", "/admin/workspaces/" + workspace, "").status())
          .isEqualTo(404);
    }
  }
}
