package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectTagsIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private String project(String name) {
    return server
        .post(
            "alice",
            "/organizations/acme/projects",
            document("projects", "{\"name\":\"" + name + "\"}"))
        .id();
  }

  private static String tags(String... keysAndValues) {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      data.append(i == 0 ? "" : ",")
          .append("{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"")
          .append(keysAndValues[i])
          .append("\",\"value\":\"")
          .append(keysAndValues[i + 1])
          .append("\"}}");
    }
    return "{\"data\":[" + data + "]}";
  }

  private static List<String> pairs(JsonNode list) {
    return list.valueStream()
        .map(one -> one.at("/attributes/key").asText() + "=" + one.at("/attributes/value").asText())
        .toList();
  }

  @Test
  void tags_of_a_project_are_added_and_replaced() {
    String path = "/projects/" + project("Tagged");

    Answer added = server.send("alice", "PATCH", path + "/tag-bindings", tags("env", "prod"));
    int more =
        server.post("alice", path + "/relationships/tag-bindings", tags("team", "net")).status();
    List<String> both = pairs(server.get("alice", path + "/tag-bindings").json().path("data"));
    int replaced =
        server
            .send("alice", "PATCH", path + "/relationships/tag-bindings", tags("env", "test"))
            .status();

    assertThat(pairs(added.json().path("data"))).containsExactly("env=prod");
    assertThat(List.of(more, replaced)).containsOnly(204);
    assertThat(both).containsExactly("env=prod", "team=net");
    assertThat(pairs(server.get("alice", path + "/effective-tag-bindings").json().path("data")))
        .containsExactly("env=test");
    assertThat(server.get("bob", path + "/tag-bindings").status()).isEqualTo(404);
    assertThat(server.send("bob", "PATCH", path + "/tag-bindings", tags("env", "prod")).status())
        .isEqualTo(404);
    assertThat(
            server
                .send("alice", "PATCH", path + "/tag-bindings", tags("k".repeat(129), ""))
                .pointers())
        .containsExactly("/data");
  }

  @Test
  void come_with_the_project_when_it_is_made_and_changed() {
    Answer made =
        server.post("alice", "/organizations/acme/projects", tagged("Born tagged", "one"));
    String path = "/projects/" + made.id();
    String bindings = made.data().at("/relationships/tag-bindings/links/related").asText();
    Answer refused = server.send("alice", "PATCH", path, tagged("Born tagged", ""));
    Answer kept =
        server.send("alice", "PATCH", path, document("projects", "{\"description\":\"d\"}"));
    List<String> before = pairs(server.get("alice", path + "/tag-bindings").json().path("data"));
    Answer changed = server.send("alice", "PATCH", path, tagged("Born tagged", "two"));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(bindings).isEqualTo("/api/v2" + path + "/tag-bindings");
    assertThat(refused.pointers()).containsExactly("/data/relationships/tag-bindings");
    assertThat(kept.status()).isEqualTo(200);
    assertThat(before).containsExactly("one=1");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(pairs(server.get("alice", path + "/tag-bindings").json().path("data")))
        .containsExactly("two=1");
  }

  private static String tagged(String name, String key) {
    return "{\"data\":{\"type\":\"projects\",\"attributes\":{\"name\":\""
        + name
        + "\"},\"relationships\":{\"tag-bindings\":{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":"
        + "{\"key\":\""
        + key
        + "\",\"value\":\"1\"}}]}}}}";
  }

  @Test
  void workspaces_inherit_them_but_those_that_they_bind_themselves() {
    String project = project("Inherited");
    server.send(
        "alice",
        "PATCH",
        "/projects/" + project + "/tag-bindings",
        tags("env", "prod", "team", "net"));
    String workspace =
        server
            .post(
                "alice",
                "/organizations/acme/workspaces",
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"heir\"},"
                    + "\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\""
                    + project
                    + "\"}}}}}")
            .id();
    String path = "/workspaces/" + workspace;
    server.send("alice", "PATCH", path + "/tag-bindings", tags("env", "test"));

    JsonNode effective = server.get("alice", path + "/effective-tag-bindings").json().path("data");
    Answer included = server.get("alice", path + "?include=effective_tag_bindings");

    assertThat(pairs(effective)).containsExactly("env=test", "team=net");
    assertThat(effective.at("/0/relationships/inherited-from/data")).isEmpty();
    assertThat(effective.at("/1/relationships/inherited-from/data/0/id").asText())
        .isEqualTo(project);
    assertThat(included.json().path("included")).isEqualTo(effective);
    assertThat(pairs(server.get("alice", path + "/tag-bindings").json().path("data")))
        .containsExactly("env=test");
  }

  @Test
  void workspaces_are_found_by_tags_that_they_inherit() {
    String project = project("Searched");
    server.send(
        "alice", "PATCH", "/projects/" + project + "/tag-bindings", tags("zone", "a", "tier", ""));
    String heir = heir("searched-heir", project);
    String own = heir("searched-own", project);
    server.send("alice", "PATCH", "/workspaces/" + own + "/tag-bindings", tags("zone", "b"));
    String plain = server.workspace("searched-plain");
    server.send("alice", "PATCH", "/workspaces/" + plain + "/tag-bindings", tags("other", "x"));

    assertThat(found("zone", null)).containsExactly(heir, own);
    assertThat(found("zone", "a")).containsExactly(heir);
    assertThat(found("zone", "b")).containsExactly(own);
    assertThat(found("zone", "b", "tier", null)).containsExactly(own);
    assertThat(found("zone", "a", "other", "x")).isEmpty();
    assertThat(found("zone", "a", "other", "x", "filter[tag-union]", "true"))
        .containsExactly(heir, plain);
    assertThat(found("zone", null, "filter[tag-value-default-null]", "true")).isEmpty();
    assertThat(found("tier", null, "filter[tag-value-default-null]", "true"))
        .containsExactly(heir, own);
    assertThat(
            server
                .get(
                    "alice",
                    "/organizations/acme/workspaces?" + Tenants.query("filter[tag-union]", "maybe"))
                .status())
        .isEqualTo(400);
  }

  private String heir(String name, String project) {
    return server
        .post(
            "alice",
            "/organizations/acme/workspaces",
            "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"%s\"},\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"%s\"}}}}}"
                .formatted(name, project))
        .id();
  }

  /// @param asked keys and values of tags, null for any value; and other filters, by their names
  private List<String> found(@Nullable String... asked) {
    StringBuilder path = new StringBuilder("/organizations/acme/workspaces?");
    for (int i = 0; i < asked.length; i += 2) {
      String name = String.valueOf(asked[i]);
      String value = asked[i + 1];
      if (name.startsWith("filter[")) {
        path.append(Tenants.query(name, String.valueOf(value))).append('&');
        continue;
      }
      path.append(Tenants.query("filter[tagged][" + i + "][key]", name)).append('&');
      if (value != null) {
        path.append(Tenants.query("filter[tagged][" + i + "][value]", value)).append('&');
      }
    }
    return server.get("alice", path.toString()).ids();
  }
}
