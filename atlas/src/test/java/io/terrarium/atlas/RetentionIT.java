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
class RetentionIT {
  private static final String POLICY = "/relationships/data-retention-policy";
  private static final String OF_ACME = "/organizations/acme" + POLICY;
  private static final String DELETE_OLDER = "data-retention-policy-delete-olders";
  private static final String CAN_RESTORE = "/attributes/permissions/can-restore-backing-data";
  private static final String DONT_DELETE = "data-retention-policy-dont-deletes";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final AppliedWorkspaces workspaces = new AppliedWorkspaces(atlas, server);

  private static String older(int days) {
    return document(DELETE_OLDER, "{\"delete-older-than-n-days\":" + days + "}");
  }

  private Answer set(String path, String body) {
    return server.send("alice", "PATCH", path, body);
  }

  private static String of(String workspace) {
    return "/workspaces/" + workspace + POLICY;
  }

  @Nested
  class A_policy {
    @Test
    void is_the_same_when_set_and_read_and_its_holder_points_at_it() {
      String workspace = server.workspace("pointing");

      Answer set = set(of(workspace), older(30));

      assertThat(set.status()).as(set.text()).isEqualTo(200);
      Golden.assertSame("data-retention-policy.json", set.json());
      assertThat(server.get("alice", of(workspace)).json()).isEqualTo(set.json());
      Answer holder = server.get("alice", "/workspaces/" + workspace);
      assertThat(holder.related("data-retention-policy")).isEqualTo(set.id());
      assertThat(holder.data().at("/relationships/data-retention-policy/data/type").asText())
          .isEqualTo(DELETE_OLDER);
    }

    @Test
    void is_replaced_by_another_and_taken_away() {
      String workspace = server.workspace("changing");
      set(of(workspace), older(30));

      Answer never = server.post("alice", of(workspace), document(DONT_DELETE, "{}"));

      assertThat(never.data().path("type").asText()).isEqualTo(DONT_DELETE);
      assertThat(never.data().path("attributes")).isEmpty();
      assertThat(server.send("alice", "DELETE", of(workspace), "").status()).isEqualTo(204);
      assertThat(server.get("alice", of(workspace)).status()).isEqualTo(404);
      assertThat(server.send("alice", "DELETE", of(workspace), "").status()).isEqualTo(404);
    }

    @Test
    void is_taken_by_its_older_name_too() {
      String workspace = server.workspace("older-name");

      Answer set =
          set(
              of(workspace),
              document("data-retention-policies", "{\"delete-older-than-n-days\":7}"));

      assertThat(set.attribute("delete-older-than-n-days").asInt()).isEqualTo(7);
    }

    @Test
    void is_refused_where_it_makes_no_sense() {
      String days = "/data/attributes/delete-older-than-n-days";
      String workspace = server.workspace("refusing");

      assertThat(set(of(workspace), older(0)).pointers()).containsExactly(days);
      assertThat(set(of(workspace), older(-4)).pointers()).containsExactly(days);
      assertThat(set(of(workspace), older(1_000_000)).pointers()).containsExactly(days);
      assertThat(set(of(workspace), document(DELETE_OLDER, "{}")).pointers())
          .containsExactly("/data/attributes/deleteOlderThanNDays");
      assertThat(
              set(of(workspace), document(DELETE_OLDER, "{\"delete-older-than-n-days\":\"soon\"}"))
                  .pointers())
          .containsExactly(days);
      assertThat(set(of(workspace), document("vars", "{}")).pointers())
          .containsExactly("/data/type");
      assertThat(server.send("bob", "PATCH", of(workspace), older(1)).status()).isEqualTo(404);
      assertThat(server.get("bob", of(workspace)).status()).isEqualTo(404);
    }
  }

  private long deletions() {
    return atlas
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT coalesce(sum(jsonb_array_length(argument -> 'object_ids')), 0)"
                        + " FROM outbox WHERE class = 'Objects::Delete'")
                .mapTo(Long.class)
                .one());
  }

  @Nested
  class Old_files {
    @Test
    void are_marked_then_deleted_unless_they_are_current_or_their_workspace_keeps_them() {
      String workspace = workspaces.twice("swept");
      String keeping = workspaces.twice("kept");
      set(OF_ACME, older(30));
      set(of(keeping), document(DONT_DELETE, "{}"));

      atlas.clock().advance(Duration.ofDays(29));
      atlas.sweepBackingData();
      List<String> early = AppliedWorkspaces.statuses(workspaces.states("swept"));
      atlas.clock().advance(Duration.ofDays(2));
      atlas.sweepBackingData();
      Answer marked = workspaces.states("swept");
      List<String> markedConfigurations =
          AppliedWorkspaces.statuses(workspaces.configurations(workspace));
      long before = deletions();
      atlas.clock().advance(Duration.ofDays(8));
      atlas.sweepBackingData();

      assertThat(early).containsOnly("finalized");
      assertThat(AppliedWorkspaces.statuses(marked))
          .containsExactly("finalized", "backing_data_soft_deleted");
      assertThat(marked.json().at("/data/1/attributes/hosted-state-download-url").isNull())
          .isTrue();
      assertThat(markedConfigurations).containsExactly("uploaded", "backing_data_soft_deleted");
      assertThat(AppliedWorkspaces.statuses(workspaces.states("swept")))
          .containsExactly("finalized", "backing_data_permanently_deleted");
      assertThat(AppliedWorkspaces.statuses(workspaces.configurations(workspace)))
          .containsExactly("uploaded", "backing_data_permanently_deleted");
      assertThat(AppliedWorkspaces.statuses(workspaces.states("kept"))).containsOnly("finalized");
      assertThat(AppliedWorkspaces.statuses(workspaces.configurations(keeping)))
          .containsOnly("uploaded");
      assertThat(deletions() - before).isEqualTo(2);
      server.send("alice", "DELETE", OF_ACME, "");
    }

    @Test
    void are_had_back_while_they_are_only_marked() {
      String workspace = workspaces.twice("returning");
      set(of(workspace), document(DONT_DELETE, "{}"));
      String old = "/state-versions/" + workspaces.states("returning").ids().get(1) + "/actions/";
      String current =
          "/state-versions/" + workspaces.states("returning").ids().get(0) + "/actions/";
      String configuration =
          "/configuration-versions/"
              + workspaces.configurations(workspace).ids().get(1)
              + "/actions/";

      assertThat(act(current + "soft_delete_backing_data")).isEqualTo(409);
      assertThat(act(old + "restore_backing_data")).isEqualTo(409);
      assertThat(act(old + "permanently_delete_backing_data")).isEqualTo(409);
      assertThat(act(old + "soft_delete_backing_data")).isEqualTo(202);
      assertThat(AppliedWorkspaces.statuses(workspaces.states("returning")))
          .containsExactly("finalized", "backing_data_soft_deleted");
      assertThat(act(old + "restore_backing_data")).isEqualTo(202);
      assertThat(AppliedWorkspaces.statuses(workspaces.states("returning")))
          .containsOnly("finalized");
      assertThat(act(configuration + "soft_delete_backing_data")).isEqualTo(202);
      long before = deletions();
      assertThat(act(configuration + "permanently_delete_backing_data")).isEqualTo(202);
      assertThat(deletions() - before).isOne();
      assertThat(server.post("bob", old + "soft_delete_backing_data", "").status()).isEqualTo(404);
    }

    @Test
    void of_states_can_be_restored_by_who_administers_the_workspace_while_they_are_marked() {
      String workspace = workspaces.twice("restorable");
      set(of(workspace), document(DONT_DELETE, "{}"));
      String old = workspaces.states("restorable").ids().get(1);
      server.allow(server.team("restorers", ""), workspace, "{\"access\":\"admin\"}");
      server.allow(server.team("state-writers", ""), workspace, "{\"access\":\"write\"}");
      boolean unmarked = canRestore("restorers", old);

      act("/state-versions/" + old + "/actions/soft_delete_backing_data");

      assertThat(unmarked).isFalse();
      assertThat(canRestore("restorers", old)).isTrue();
      assertThat(canRestore("state-writers", old)).isFalse();
      assertThat(restorable(workspaces.states("restorable"))).containsExactly(false, true);
      act("/state-versions/" + old + "/actions/permanently_delete_backing_data");
      assertThat(canRestore("restorers", old)).isFalse();
    }

    private boolean canRestore(String caller, String state) {
      return server.get(caller, "/state-versions/" + state).data().at(CAN_RESTORE).asBoolean();
    }

    private List<Boolean> restorable(Answer listed) {
      return listed.data().valueStream().map(one -> one.at(CAN_RESTORE).asBoolean()).toList();
    }

    @Test
    void that_somebody_wanted_back_stay() {
      String workspace = workspaces.twice("wanted-back");
      set(of(workspace), older(30));
      String old = "/state-versions/" + workspaces.states("wanted-back").ids().get(1) + "/actions/";
      atlas.clock().advance(Duration.ofDays(31));
      atlas.sweepBackingData();
      List<String> swept = AppliedWorkspaces.statuses(workspaces.states("wanted-back"));

      int restored = act(old + "restore_backing_data");
      atlas.sweepBackingData();

      assertThat(swept).containsExactly("finalized", "backing_data_soft_deleted");
      assertThat(restored).isEqualTo(202);
      assertThat(AppliedWorkspaces.statuses(workspaces.states("wanted-back")))
          .containsOnly("finalized");
      act(
          "/configuration-versions/"
              + workspaces.configurations(workspace).ids().get(1)
              + "/actions/restore_backing_data");
    }

    @Test
    void are_no_state_to_roll_back_to() {
      String workspace = workspaces.twice("bygone");
      set(of(workspace), document(DONT_DELETE, "{}"));
      String old = workspaces.states("bygone").ids().get(1);
      act("/state-versions/" + old + "/actions/soft_delete_backing_data");
      server.post("alice", "/workspaces/" + workspace + "/actions/lock", "{}");

      Answer rolledBack =
          server.send(
              "alice",
              "PATCH",
              "/workspaces/" + workspace + "/state-versions",
              "{\"data\":{\"type\":\"state-versions\",\"relationships\":{\"rollback-state-version\":"
                  + "{\"data\":{\"type\":\"state-versions\",\"id\":\""
                  + old
                  + "\"}}}}}");

      assertThat(rolledBack.status()).as(rolledBack.text()).isEqualTo(422);
      assertThat(rolledBack.detail()).contains("No such finalized state version");
      act("/state-versions/" + old + "/actions/restore_backing_data");
    }

    @Test
    void of_configurations_are_archived_unless_they_are_in_use() {
      String workspace = workspaces.twice("archived");
      set(of(workspace), document(DONT_DELETE, "{}"));
      List<String> ids = workspaces.configurations(workspace).ids();
      String old = "/configuration-versions/" + ids.get(1);
      String pending = server.configuration(workspace).id();
      long before = deletions();

      int current = act("/configuration-versions/" + ids.get(0) + "/actions/archive");
      int waiting = act("/configuration-versions/" + pending + "/actions/archive");
      int stranger = server.post("bob", old + "/actions/archive", "").status();
      int archived = act(old + "/actions/archive");
      int again = act(old + "/actions/archive");

      assertThat(List.of(current, waiting, stranger, archived, again))
          .containsExactly(409, 409, 404, 202, 409);
      Answer shown = server.get("alice", old);
      assertThat(shown.attribute("status").asText()).isEqualTo("archived");
      assertThat(shown.attribute("status-timestamps").has("archived-at")).isTrue();
      assertThat(server.get("alice", old + "/download").status()).isEqualTo(404);
      assertThat(deletions() - before).isOne();
    }

    private int act(String path) {
      return server.post("alice", path, "").status();
    }
  }
}
