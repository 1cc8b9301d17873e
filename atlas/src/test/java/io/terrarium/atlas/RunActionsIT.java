package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Actions on runs that come twice, too late, or from two clients at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunActionsIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);
  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}";
  private static final List<String> ACTIONS =
      List.of("apply", "discard", "cancel", "force-cancel", "force-execute");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private Answer planned(String workspace) {
    Answer run = server.run(server.readyWorkspace(workspace), "{}");
    worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
    return run;
  }

  private Answer act(String caller, Answer run, String action) {
    return server.post(caller, "/runs/" + run.id() + "/actions/" + action, "");
  }

  private Map<String, Integer> afterwards(Answer run) {
    Map<String, Integer> statuses = new TreeMap<>();
    for (String action : ACTIONS) {
      Answer answer = act("alice", run, action);
      assertThat(answer.detail()).as(action).isNotBlank();
      statuses.put(action, answer.status());
    }
    return statuses;
  }

  @Nested
  class An_apply {
    @Test
    void that_is_confirmed_twice_is_told_so() {
      Answer run = planned("twice");

      assertThat(act("alice", run, "apply").status()).isEqualTo(202);
      Answer again = act("anna", run, "apply");

      assertThat(again.status()).isEqualTo(409);
      assertThat(again.detail()).isNotBlank();
    }

    @Test
    void that_two_confirm_at_once_is_confirmed_by_one() throws Exception {
      Answer run = planned("at-once");
      CyclicBarrier start = new CyclicBarrier(2);

      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> answers =
            List.of(
                clients.submit(confirm("alice", run, start)),
                clients.submit(confirm("anna", run, start)));

        assertThat(List.of(answers.getFirst().get(), answers.getLast().get()))
            .containsExactlyInAnyOrder(202, 409);
      }
      worker.finishApply(worker.claim(run.related("apply")), STATE, ONE_MORE);
      assertThat(server.get("alice", "/runs/" + run.id()).attribute("status").asText())
          .isEqualTo("applied");
    }

    private Callable<Integer> confirm(String caller, Answer run, CyclicBarrier start) {
      return () -> {
        start.await();
        return act(caller, run, "apply").status();
      };
    }
  }

  @Nested
  class A_run_that_has_ended {
    @Test
    void refuses_every_action_and_says_why() {
      Answer run = planned("ended");
      act("alice", run, "discard");

      // The documentation has force-execute answer 403 where the others answer 409.
      assertThat(afterwards(run))
          .isEqualTo(
              Map.of(
                  "apply",
                  409,
                  "discard",
                  409,
                  "cancel",
                  409,
                  "force-cancel",
                  409,
                  "force-execute",
                  403));
      assertThat(server.get("alice", "/runs/" + run.id()).attribute("status").asText())
          .isEqualTo("discarded");
    }

    @Test
    void is_as_far_away_for_strangers_as_before() {
      Answer run = planned("ended-far-away");
      act("alice", run, "discard");

      for (String action : ACTIONS) {
        assertThat(act("bob", run, action).status()).as(action).isEqualTo(404);
      }
    }
  }
}
