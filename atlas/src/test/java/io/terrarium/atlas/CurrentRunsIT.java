package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.internal.InternalApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What operations hears of the runs that there are.
class CurrentRunsIT {
  private static final String WORKSPACES =
      """
      INSERT INTO workspaces OVERRIDING SYSTEM VALUE
      SELECT (jsonb_populate_record(w, jsonb_build_object(
                'id', 100000 + n, 'external_id', 'ws-many-' || n, 'name', 'many-' || n))).*
        FROM workspaces w, generate_series(1, 2000) n
       WHERE w.name = 'template'
      """;

  private static final String RUNS =
      """
      INSERT INTO runs OVERRIDING SYSTEM VALUE
      SELECT (jsonb_populate_record(r, jsonb_build_object(
                'id', 100000 + n, 'external_id', 'run-many-' || n, 'workspace_id', 100000 + n,
                'status', 'pending'))).*
        FROM runs r JOIN workspaces w ON w.id = r.workspace_id, generate_series(1, 2000) n
       WHERE w.name = 'template'
      """;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private List<String> counts() {
    List<String> counts = new ArrayList<>();
    for (JsonNode count : atlas.mesh().get(InternalApi.CURRENT_RUNS).json().path("counts")) {
      counts.add(
          String.join(
              " ",
              count.path("organization_name").asText(),
              count.path("workspace_name").asText(),
              count.path("status").asText(),
              count.path("runs").asText()));
    }
    return counts;
  }

  @Nested
  class Runs_that_are_not_at_their_end {
    @Test
    void are_counted_by_workspace_and_status() {
      String left = server.readyWorkspace("left");
      String right = server.readyWorkspace("right");
      server.run(left, "{}");
      server.run(right, "{}");
      server.run(right, "{}");
      server.run(right, "{}");

      assertThat(counts())
          .containsExactly("acme left queuing 1", "acme right pending 2", "acme right queuing 1");
    }

    @Test
    void are_all_that_is_counted() {
      String left = server.readyWorkspace("left");
      Answer run = server.run(left, "{}");

      worker.finishPlan(worker.claim(run.related("plan")), new Changes(0, 0, 0, 0));

      assertThat(counts()).isEmpty();
    }

    @Test
    void beyond_the_longest_list_are_counted_by_status_alone() {
      server.run(server.readyWorkspace("template"), "{}");
      atlas
          .database()
          .useTransaction(db -> {
            db.execute(WORKSPACES);
            db.execute(RUNS);
          });

      List<String> counts = counts();

      assertThat(counts).hasSize(1_001).contains("acme many-1 pending 1", "  pending 1001");
    }
  }
}
