package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspaceResourcesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  /// A workspace whose state can be pushed.
  private String lockedWorkspace(String name) {
    String workspace = server.workspace(name);
    server.post("alice", "/workspaces/" + workspace + "/actions/lock", "{}");
    return workspace;
  }

  private String push(String workspace, int serial) {
    String state = "{\"version\":4,\"serial\":%d,\"lineage\":\"L\"}".formatted(serial);
    Answer pushed =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/state-versions",
            document(
                "state-versions",
                "{\"serial\":%d,\"lineage\":\"L\",\"md5\":\"%032d\",\"state\":\"%s\"}"
                    .formatted(
                        serial,
                        serial,
                        Base64.getEncoder()
                            .encodeToString(state.getBytes(StandardCharsets.UTF_8)))));
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
    return pushed.id();
  }

  /// As sidekiq does with what the state parser has found.
  private void parse(String state, String... resources) throws Exception {
    String parsed =
        """
        {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
         "resource_count":%d,"modules":[],"providers":[],"outputs":[],"resources":[%s]}
        """
            .formatted(resources.length, String.join(",", resources));
    atlas.parsed(state, Json.SNAKE.readValue(parsed, ParsedState.class));
  }

  private static String resource(String module, String name, String instances) {
    return """
    {"mode":"managed","type":"random_pet","name":"%s","module":"%s","count":1,
     "provider":"registry.terraform.io/hashicorp/random","instances":[%s]}
    """
        .formatted(name, module, instances);
  }

  private Answer list(String workspace, String more) {
    return server.get("alice", "/workspaces/" + workspace + "/resources" + more);
  }

  @Nested
  class The_resources_of_a_workspace {
    @Test
    void are_the_managed_instances_of_its_state() throws Exception {
      String workspace = lockedWorkspace("shown");
      parse(
          push(workspace, 1),
          resource("root", "animal", "{\"digest\":1}"),
          resource(
              "module.zoo[0]",
              "herd",
              "{\"index\":1,\"digest\":2},{\"index\":\"a.b\",\"digest\":3}"),
          """
          {"mode":"data","type":"aws_ami","name":"base","module":"root","count":1,
           "provider":"registry.terraform.io/hashicorp/aws"}
          """);

      Answer listed = list(workspace, "");

      Golden.assertSame("workspace-resources.json", listed.json());
      assertThat(listed.listed("address"))
          .containsExactlyInAnyOrder(
              "random_pet.animal",
              "module.zoo[0].random_pet.herd[1]",
              "module.zoo[0].random_pet.herd[\"a.b\"]");
    }

    @Test
    void are_searched_sorted_and_paged() throws Exception {
      String workspace = lockedWorkspace("searched");
      parse(
          push(workspace, 1),
          resource("root", "b", "{\"digest\":1}"),
          resource("root", "a", "{\"digest\":1}"),
          resource("module.x", "c", "{\"digest\":1}"));

      assertThat(list(workspace, "?q=PET.a").names()).containsExactly("a");
      assertThat(list(workspace, "?sort=name%3Adesc").names()).containsExactly("c", "b", "a");
      Answer page = list(workspace, "?sort=name%3Aasc&" + query("page[size]", "2"));
      assertThat(page.names()).containsExactly("a", "b");
      assertThat(page.json().at("/meta/pagination/total-count").asInt()).isEqualTo(3);
      assertThat(list(workspace, "?sort=size").status()).isEqualTo(400);
      assertThat(server.get("bob", "/workspaces/" + workspace + "/resources").status())
          .isEqualTo(404);
      assertThat(list(lockedWorkspace("without-a-state"), "").ids()).isEmpty();
    }

    @Test
    void remember_which_state_has_changed_them() throws Exception {
      String workspace = lockedWorkspace("changing");
      String first = push(workspace, 1);
      String[] before = {
        resource("root", "changed", "{\"digest\":1}"),
        resource("root", "gone", "{\"digest\":1}"),
        resource("root", "kept", "{\"digest\":1}")
      };
      parse(first, before);
      List<String> ids = list(workspace, "").ids();
      atlas.clock().advance(Duration.ofMinutes(1));
      String second = push(workspace, 2);
      parse(
          second,
          resource("root", "changed", "{\"digest\":2}"),
          resource("root", "kept", "{\"digest\":1}"),
          resource("root", "new", "{\"digest\":1}"));

      parse(first, before);

      JsonNode data = list(workspace, "").data();
      assertThat(data.findValuesAsText("name")).containsExactly("changed", "kept", "new");
      assertThat(data.findValuesAsText("modified-by-state-version-id"))
          .containsExactly(second, first, second);
      assertThat(data.findValuesAsText("id")).startsWith(ids.getFirst(), ids.getLast());
      assertThat(data.at("/1/attributes/updated-at"))
          .isEqualTo(data.at("/1/attributes/created-at"));
      assertThat(data.at("/0/attributes/updated-at"))
          .isNotEqualTo(data.at("/0/attributes/created-at"));
      assertThat(
              server.get("alice", "/workspaces/" + workspace).attribute("resource-count").asInt())
          .isEqualTo(3);
    }

    @Test
    void are_the_same_when_the_job_comes_twice() throws Exception {
      String workspace = lockedWorkspace("twice");
      String state = push(workspace, 1);
      parse(state, resource("root", "a", "{\"digest\":1}"));
      JsonNode before = list(workspace, "").json();
      atlas.clock().advance(Duration.ofMinutes(1));

      parse(state, resource("root", "a", "{\"digest\":1}"));

      assertThat(list(workspace, "").json()).isEqualTo(before);
    }
  }

  @Test
  void the_state_version_tells_its_resources_as_documented() throws Exception {
    String workspace = lockedWorkspace("documented");
    String state = push(workspace, 1);
    parse(state, resource("root", "a", "{\"digest\":1}"));

    JsonNode resources = server.get("alice", "/state-versions/" + state).attribute("resources");

    assertThat(resources)
        .isEqualTo(
            Json.KEBAB.readTree(
                """
                [{"name":"a","type":"random_pet","count":1,"module":"root",
                  "provider":"provider[\\"registry.terraform.io/hashicorp/random\\"]"}]
                """));
  }
}
