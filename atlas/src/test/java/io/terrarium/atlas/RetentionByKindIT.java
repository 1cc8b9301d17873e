package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionByKindIT {
  private static final String AT = "/data/attributes/";
  private static final String MARKED = "backing_data_soft_deleted";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final AppliedWorkspaces workspaces = new AppliedWorkspaces(atlas, server);

  private Answer set(String workspace, String attributes) {
    return server.send(
        "alice",
        "PATCH",
        "/workspaces/" + workspace + "/relationships/data-retention-policy",
        document("data-retention-policy-delete-olders", attributes));
  }

  @Nested
  class A_policy {
    @Test
    void says_what_is_kept_of_each_kind() {
      String workspace = server.workspace("by-kind");

      Answer set =
          set(
              workspace,
              "{\"deleteStateVersions\":true,\"stateVersionsDeleteAfterNDays\":90,"
                  + "\"stateVersionsKeepLatestCount\":5,\"deleteConfigurationVersions\":true,"
                  + "\"configurationVersionsKeepLatestCount\":3,\"deleteRunDataAndLogs\":true,"
                  + "\"runDataAndLogsDeleteAfterNDays\":30}");

      assertThat(set.status()).as(set.text()).isEqualTo(200);
      Golden.assertSame("data-retention-policy-by-kind.json", set.json());
    }

    @Test
    void with_days_for_all_means_states_and_configurations_unless_it_says_more() {
      String workspace = server.workspace("common-days");

      Answer all = set(workspace, "{\"deleteOlderThanNDays\":30}");
      Answer one = set(workspace, "{\"deleteOlderThanNDays\":30,\"deleteStateVersions\":false}");
      Answer own =
          set(workspace, "{\"deleteOlderThanNDays\":30,\"stateVersionsDeleteAfterNDays\":7}");

      assertThat(all.attribute("deleteStateVersions").asBoolean()).isTrue();
      assertThat(all.attribute("configurationVersionsDeleteAfterNDays").asInt()).isEqualTo(30);
      assertThat(all.attribute("deleteRunDataAndLogs").asBoolean()).isFalse();
      assertThat(one.attribute("deleteStateVersions").asBoolean()).isFalse();
      assertThat(one.attribute("deleteConfigurationVersions").asBoolean()).isTrue();
      assertThat(own.attribute("stateVersionsDeleteAfterNDays").asInt()).isEqualTo(7);
      assertThat(own.attribute("configurationVersionsDeleteAfterNDays").asInt()).isEqualTo(30);
      assertThat(own.attribute("deleteOlderThanNDays").asInt()).isEqualTo(30);
    }

    @Test
    void keeps_its_id_when_it_changes() {
      String workspace = server.workspace("same-id");
      Answer first = set(workspace, "{\"deleteOlderThanNDays\":30}");

      Answer second =
          set(workspace, "{\"delete-run-data-and-logs\":true,\"runDataKeepLatestCount\":2}");

      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.attribute("deleteStateVersions").asBoolean()).isFalse();
      assertThat(second.attribute("deleteOlderThanNDays").isNull()).isTrue();
      assertThat(second.attribute("runDataKeepLatestCount").asInt()).isEqualTo(2);
    }

    @Test
    void is_refused_where_it_contradicts_itself() {
      String workspace = server.workspace("contradicting");

      assertThat(refused(workspace, "{\"deleteStateVersions\":true}"))
          .containsExactly(AT + "deleteStateVersions");
      assertThat(refused(workspace, "{\"runDataKeepLatestCount\":3}"))
          .containsExactly(AT + "runDataKeepLatestCount");
      assertThat(refused(workspace, "{\"deleteStateVersions\":false}"))
          .containsExactly(AT + "deleteOlderThanNDays");
      assertThat(
              refused(
                  workspace,
                  "{\"deleteStateVersions\":true,\"stateVersionsKeepLatestCount\":0,"
                      + "\"deleteRunDataAndLogs\":true,\"runDataAndLogsDeleteAfterNDays\":\"x\"}"))
          .containsExactly(
              AT + "stateVersionsKeepLatestCount", AT + "runDataAndLogsDeleteAfterNDays");
    }

    private List<String> refused(String workspace, String attributes) {
      Answer answer = set(workspace, attributes);
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
      return answer.pointers();
    }
  }

  @Nested
  class What_runs_leave_behind {
    @Test
    void goes_by_its_own_days_after_their_end() {
      String workspace = server.readyWorkspace("run-days");
      Answer run = workspaces.apply(workspace, 1);
      set(workspace, "{\"deleteRunDataAndLogs\":true,\"runDataAndLogsDeleteAfterNDays\":10}");

      atlas.clock().advance(Duration.ofDays(9));
      atlas.sweepBackingData();
      boolean early = hasLog("plans", run);
      atlas.clock().advance(Duration.ofDays(2));
      atlas.sweepBackingData();
      boolean late = hasLog("plans", run);
      int restored = restore("applies", run);
      atlas.sweepBackingData();
      boolean wanted = hasLog("applies", run);
      atlas.clock().advance(Duration.ofDays(8));
      atlas.sweepBackingData();

      assertThat(early).isTrue();
      assertThat(late).isFalse();
      assertThat(restored).isEqualTo(204);
      assertThat(wanted).isTrue();
      assertThat(restore("plans", run)).isEqualTo(409);
      assertThat(hasLog("applies", run)).isTrue();
      assertThat(AppliedWorkspaces.statuses(workspaces.states("run-days")))
          .containsOnly("finalized");
      assertThat(AppliedWorkspaces.statuses(workspaces.configurations(workspace)))
          .containsOnly("uploaded");
    }

    @Test
    void stays_while_the_run_is_open() {
      String workspace = server.readyWorkspace("run-open");
      Answer run = server.run(workspace, "{}");
      set(workspace, "{\"deleteRunDataAndLogs\":true,\"runDataAndLogsDeleteAfterNDays\":1}");

      atlas.clock().advance(Duration.ofDays(3));
      atlas.sweepBackingData();

      assertThat(hasLog("plans", run)).isTrue();
      server.post("alice", "/runs/" + run.id() + "/actions/cancel", "{}");
    }

    private boolean hasLog(String type, Answer run) {
      return server.get("alice", path(type, run)).attribute("log-read-url").isTextual();
    }

    private int restore(String type, Answer run) {
      return server.post("alice", path(type, run) + "/actions/restore-backing-data", "").status();
    }
  }

  private static String path(String type, Answer run) {
    return "/" + type + "/" + run.related(type.equals("plans") ? "plan" : "apply");
  }

  @Nested
  class The_latest {
    @Test
    void are_kept_however_old_they_are_and_others_only_while_they_are_young() {
      String workspace = workspaces.twice("latest-and-days");
      Answer newest = workspaces.applyAgain(workspace, 3);
      set(
          workspace,
          "{\"deleteOlderThanNDays\":30,\"stateVersionsKeepLatestCount\":2,"
              + "\"configurationVersionsKeepLatestCount\":3,\"deleteRunDataAndLogs\":true,"
              + "\"runDataKeepLatestCount\":1}");

      atlas.sweepBackingData();
      List<String> young = AppliedWorkspaces.statuses(workspaces.states("latest-and-days"));
      atlas.clock().advance(Duration.ofDays(31));
      atlas.sweepBackingData();

      assertThat(young).containsOnly("finalized");
      assertThat(AppliedWorkspaces.statuses(workspaces.states("latest-and-days")))
          .containsExactly("finalized", "finalized", MARKED);
      assertThat(AppliedWorkspaces.statuses(workspaces.configurations(workspace)))
          .containsOnly("uploaded");
      assertThat(logs(workspace)).containsExactly(true, false, false);
      assertThat(server.get("alice", path("applies", newest)).attribute("log-read-url").isTextual())
          .isTrue();
    }

    @Test
    void are_all_that_is_kept_where_no_days_are_said() {
      String workspace = workspaces.twice("latest-alone");
      workspaces.applyAgain(workspace, 3);
      set(
          workspace,
          "{\"deleteStateVersions\":true,\"stateVersionsKeepLatestCount\":2,"
              + "\"deleteConfigurationVersions\":true,\"configurationVersionsKeepLatestCount\":1,"
              + "\"deleteRunDataAndLogs\":true,\"runDataKeepLatestCount\":2}");

      atlas.sweepBackingData();

      assertThat(AppliedWorkspaces.statuses(workspaces.states("latest-alone")))
          .containsExactly("finalized", "finalized", MARKED);
      assertThat(AppliedWorkspaces.statuses(workspaces.configurations(workspace)))
          .containsExactly("uploaded", MARKED, MARKED);
      assertThat(logs(workspace)).containsExactly(true, true, false);
    }

    /// Whether the plans of the workspace's runs, newest first, have their logs.
    private List<Boolean> logs(String workspace) {
      return server
          .get("alice", "/workspaces/" + workspace + "/runs")
          .json()
          .path("data")
          .valueStream()
          .map(run -> run.at("/relationships/plan/data/id").asText())
          .map(plan -> server.get("alice", "/plans/" + plan).attribute("log-read-url").isTextual())
          .toList();
    }
  }
}
