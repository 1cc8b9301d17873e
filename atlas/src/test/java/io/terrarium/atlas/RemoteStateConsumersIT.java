package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteStateConsumersIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  /// A workspace whose state is not for everybody.
  private String closed(String name) {
    return server
        .post(
            "alice",
            "/organizations/acme/workspaces",
            document("workspaces", "{\"name\":\"" + name + "\",\"global-remote-state\":false}"))
        .id();
  }

  private static String path(String workspace) {
    return "/workspaces/" + workspace + "/relationships/remote-state-consumers";
  }

  private static String workspaces(String... ids) {
    return Arrays.stream(ids)
        .map("{\"type\":\"workspaces\",\"id\":\"%s\"}"::formatted)
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  @Nested
  class The_consumers_of_a_workspace {
    @Test
    void are_added_replaced_and_removed() {
      String source = closed("changing");
      String one = server.workspace("changing-one");
      String two = server.workspace("changing-two");

      assertThat(change("POST", source, workspaces(one, two, one))).isEqualTo(204);
      List<String> added = server.get("alice", path(source)).ids();
      assertThat(change("PATCH", source, workspaces(two))).isEqualTo(204);
      List<String> replaced = server.get("alice", path(source)).ids();
      assertThat(change("DELETE", source, workspaces(two, one))).isEqualTo(204);

      assertThat(added).containsExactly(one, two);
      assertThat(replaced).containsExactly(two);
      assertThat(server.get("alice", path(source)).ids()).isEmpty();
    }

    @Test
    void are_shown_as_workspaces_by_pages() {
      String source = closed("shown");
      String one = server.workspace("shown-one");
      change("POST", source, workspaces(one, server.workspace("shown-two")));

      Answer page = server.get("alice", path(source) + "?page%5Bsize%5D=1");

      assertThat(page.json().at("/data/0"))
          .isEqualTo(server.get("alice", "/workspaces/" + one).data());
      assertThat(page.json().at("/meta/pagination/total-count").asInt()).isEqualTo(2);
    }

    @Test
    void are_all_others_while_the_state_is_global_but_for_the_configured_ones() {
      String source = server.workspace("global");
      String one = server.workspace("global-one");
      String two = server.workspace("global-two");
      change("POST", source, workspaces(one));

      assertThat(server.get("alice", path(source) + "?page%5Bsize%5D=100").ids())
          .contains(one, two)
          .doesNotContain(source);
      assertThat(server.get("alice", path(source) + "?show_only_configured=true").ids())
          .containsExactly(one);
    }

    @Test
    void go_with_either_workspace() {
      String source = closed("going");
      String one = server.workspace("going-one");
      change("POST", source, workspaces(one));

      assertThat(server.send("alice", "DELETE", "/workspaces/" + one, "").status()).isEqualTo(204);

      assertThat(server.get("alice", path(source)).ids()).isEmpty();
      assertThat(server.send("alice", "DELETE", "/workspaces/" + source, "").status())
          .isEqualTo(204);
    }

    private int change(String method, String workspace, String body) {
      return server.send("alice", method, path(workspace), body).status();
    }
  }

  @Nested
  class A_run {
    @Test
    void reads_the_state_of_another_workspace_only_as_its_consumer() {
      String source = closed("source");
      server.post("alice", "/workspaces/" + source + "/actions/lock", "{}");
      String state =
          "{\"serial\":1,\"lineage\":\"L\",\"md5\":\"0123456789abcdef0123456789abcdef\","
              + "\"state\":\"e30=\"}";
      server.post(
          "alice", "/workspaces/" + source + "/state-versions", document("state-versions", state));
      String reader = server.readyWorkspace("reader");
      MeshWorker.Held held = worker.claim(server.run(reader, "{}").related("plan"));
      server.call("run", held.build().runToken());
      String current = "/workspaces/" + source + "/current-state-version";

      int before = server.get("run", current).status();
      server.post("alice", path(source), workspaces(reader));
      int asConsumer = server.get("run", current).status();
      server.send("alice", "DELETE", path(source), workspaces(reader));
      int afterwards = server.get("run", current).status();

      assertThat(List.of(before, asConsumer, afterwards)).containsExactly(404, 200, 404);
      assertThat(server.get("run", "/workspaces/" + source + "/runs").status()).isEqualTo(404);
    }
  }

  @Nested
  class A_bad_request {
    @Test
    void says_which_element_is_wrong() {
      String source = closed("bad");

      Answer kinds =
          server.post(
              "alice",
              path(source),
              "{\"data\":[{\"type\":\"projects\",\"id\":\"prj-1\"},{\"type\":\"workspaces\"}]}");
      Answer unknown = server.post("alice", path(source), workspaces(source, "ws-none"));

      assertThat(kinds.status()).isEqualTo(422);
      assertThat(kinds.pointers()).containsExactly("/data/0/type", "/data/1/id");
      assertThat(unknown.status()).isEqualTo(422);
      assertThat(unknown.pointers()).containsExactly("/data/0/id", "/data/1/id");
      for (String body : List.of("", "{}", "{\"data\":{}}", "[]", "{\"data\":7}")) {
        assertThat(server.post("alice", path(source), body).status()).as(body).isEqualTo(400);
      }
    }

    @Test
    void of_somebody_else_finds_nothing() {
      String source = closed("not-bobs");

      assertThat(server.get("bob", path(source)).status()).isEqualTo(404);
      assertThat(server.post("bob", path(source), workspaces("ws-none")).status()).isEqualTo(404);
      assertThat(server.post("acme", path(source), workspaces()).status()).isEqualTo(204);
    }

    @Test
    void does_not_reach_another_organization() {
      String others =
          server
              .post(
                  "bob",
                  "/organizations/beta/workspaces",
                  document("workspaces", "{\"name\":\"of-beta\"}"))
              .id();

      assertThat(server.post("alice", path(closed("reaching")), workspaces(others)).pointers())
          .containsExactly("/data/0/id");
    }
  }
}
