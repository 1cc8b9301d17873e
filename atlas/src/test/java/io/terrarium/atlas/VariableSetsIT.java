package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariableSetsIT {
  private static final String SETS = "/organizations/acme/varsets";
  private static final String SECRET_AND_OPEN =
      """
      "vars":{"data":[
        {"type":"vars","attributes":{"key":"region","value":"eu","category":"terraform"}},
        {"type":"vars","attributes":{"key":"TOKEN","value":"hush","category":"env",
          "sensitive":true}}]}
      """;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private static String set(String attributes, String relationships) {
    return "{\"data\":{\"type\":\"varsets\",\"attributes\":"
        + attributes
        + ",\"relationships\":{"
        + relationships
        + "}}}";
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  private static String to(String type, String... ids) {
    return "\"" + type + "\":{\"data\":" + identifiers(type, ids) + "}";
  }

  private static String identifiers(String type, String... ids) {
    return List.of(ids).stream()
        .map(id -> "{\"type\":\"" + type + "\",\"id\":\"" + id + "\"}")
        .toList()
        .toString();
  }

  private static String body(String type, String... ids) {
    return "{\"data\":" + identifiers(type, ids) + "}";
  }

  private Answer create(String attributes, String relationships) {
    Answer created = server.post("alice", SETS, set(attributes, relationships));
    assertThat(created.status()).as(created.text()).isEqualTo(200);
    return created;
  }

  private String project(String name) {
    return server
        .post("alice", "/organizations/acme/projects", document("projects", named(name)))
        .id();
  }

  private String workspaceIn(String project, String name) {
    return server
        .post(
            "alice",
            "/organizations/acme/workspaces",
            "{\"data\":{\"type\":\"workspaces\",\"attributes\":"
                + named(name)
                + ",\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\""
                + project
                + "\"}}}}}")
        .id();
  }

  private static List<String> names(Answer listed) {
    return listed.json().path("data").valueStream().map(VariableSetsIT::name).toList();
  }

  private static String name(JsonNode set) {
    return set.at("/attributes/name").asText();
  }

  @Nested
  class A_variable_set {
    @Test
    void is_the_same_when_created_read_and_listed() {
      String workspace = server.workspace("same");
      String project = project("Same project");

      Answer created =
          create(
              "{\"name\":\"same\",\"description\":\"Of all\",\"priority\":true}",
              SECRET_AND_OPEN + "," + to("workspaces", workspace) + "," + to("projects", project));

      Golden.assertSame("variable-set.json", created.json());
      Answer shown = server.get("alice", "/varsets/" + created.id());
      assertThat(shown.json()).isEqualTo(created.json());
      Answer listed = server.get("alice", SETS + "?q=sam");
      assertThat(listed.json().at("/data/0")).isEqualTo(created.data());
      assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isOne();
      Answer full =
          server.get("alice", "/varsets/" + created.id() + "?include=vars,workspaces,projects");
      assertThat(full.json().path("included"))
          .extracting(one -> one.path("type").asText())
          .containsExactly("vars", "vars", "workspaces", "projects");
      assertThat(full.text()).doesNotContain("hush");
      assertThat(server.get("alice", SETS + "?include=nothing").status()).isEqualTo(400);
    }

    @Test
    void changes_what_it_is_told_and_no_more() {
      String first = server.workspace("first-of-changed");
      String second = server.workspace("second-of-changed");
      Answer before = create(named("changing"), to("workspaces", first));
      String one = "/varsets/" + before.id();

      Answer renamed =
          server.send("alice", "PATCH", one, set("{\"name\":\"changed\",\"priority\":true}", ""));
      Answer moved =
          server.send("alice", "PATCH", one, set("{\"global\":false}", to("workspaces", second)));
      Answer cleared = server.send("alice", "PATCH", one, set("{}", to("workspaces")));

      assertThat(renamed.attribute("name").asText()).isEqualTo("changed");
      assertThat(renamed.data().at("/relationships/workspaces/data/0/id").asText())
          .isEqualTo(first);
      assertThat(moved.attribute("priority").asBoolean()).isTrue();
      assertThat(moved.data().at("/relationships/workspaces/data"))
          .extracting(it -> it.path("id").asText())
          .containsExactly(second);
      assertThat(cleared.attribute("workspace-count").asInt()).isZero();
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", one).status()).isEqualTo(404);
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      String foreign =
          server
              .post(
                  "bob", "/organizations/beta/workspaces", document("workspaces", named("foreign")))
              .id();
      create(named("taken"), "");

      refused(SETS, set(named("taken"), ""), "/data/attributes/name");
      refused(SETS, set("{}", ""), "/data/attributes/name");
      refused(SETS, set(named("x".repeat(256)), ""), "/data/attributes/name");
      refused(SETS, set("{\"name\":7}", ""), "/data/attributes/name");
      refused(SETS, set("{\"name\":\"a\",\"global\":\"so\"}", ""), "/data/attributes/global");
      refused(
          SETS,
          set(named("a"), to("workspaces", foreign)),
          "/data/relationships/workspaces/data/0/id");
      refused(
          SETS,
          set(named("a"), "\"projects\":{\"data\":" + identifiers("workspaces", "x") + "}"),
          "/data/relationships/projects/data/0/type");
      refused(SETS, set(named("a"), "\"vars\":{\"data\":{}}"), "/data/relationships/vars/data");
      refused(
          SETS,
          set(named("a"), "\"vars\":{\"data\":[{\"attributes\":{\"key\":\"k\"}}]}"),
          "/data/relationships/vars/data/0/attributes/category");
      refused(
          SETS,
          set(named("a"), "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\"prj-x\"}}"),
          "/data/relationships/parent");
      assertThat(names(server.get("alice", SETS + "?q=a"))).doesNotContain("a");
    }

    private void refused(String path, String body, String pointer) {
      Answer answer = server.post("alice", path, body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
      assertThat(answer.pointers()).containsExactly(pointer);
    }

    @Test
    void is_nobodys_business_but_its_organizations() {
      String one = "/varsets/" + create(named("private"), "").id();

      assertThat(server.get("bob", SETS).status()).isEqualTo(404);
      assertThat(server.get("bob", one).status()).isEqualTo(404);
      assertThat(server.send("bob", "PATCH", one, set("{}", "")).status()).isEqualTo(404);
      assertThat(server.send("bob", "DELETE", one, "").status()).isEqualTo(404);
      assertThat(server.post("bob", SETS, set(named("x"), "")).status()).isEqualTo(404);
      assertThat(server.get("acme", one).status()).isEqualTo(200);
    }

    @Test
    void goes_with_the_project_that_owns_it_and_is_applied_only_there() {
      String project = project("Owning");
      String inside = workspaceIn(project, "inside");
      String outside = server.workspace("outside");
      String owned = "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\"" + project + "\"}}";

      Answer created = create(named("owned"), owned + "," + to("workspaces", inside));
      Answer beyond =
          server.post(
              "alice",
              "/varsets/" + created.id() + "/relationships/workspaces",
              body("workspaces", outside));
      Answer global = server.post("alice", SETS, set("{\"name\":\"g\",\"global\":true}", owned));

      assertThat(created.data().at("/relationships/parent/data/id").asText()).isEqualTo(project);
      assertThat(beyond.pointers()).containsExactly("/data/0/id");
      assertThat(global.pointers()).containsExactly("/data/attributes/global");
      assertThat(names(server.get("alice", SETS + "?scope=owned"))).doesNotContain("owned");
      String ofProject = "/projects/" + project + "/varsets";
      assertThat(names(server.get("alice", ofProject + "?scope=owned"))).containsExactly("owned");
      assertThat(names(server.get("alice", ofProject + "?scope=applied"))).doesNotContain("owned");
      String moved =
          "{\"data\":{\"type\":\"workspaces\",\"relationships\":{\"project\":{\"data\":"
              + "{\"type\":\"projects\",\"id\":\""
              + project("Elsewhere")
              + "\"}}}}}";
      server.send("alice", "PATCH", "/workspaces/" + inside, moved);
      Answer takenAway =
          server.send(
              "alice",
              "DELETE",
              "/varsets/" + created.id() + "/relationships/workspaces",
              body("workspaces", inside));
      assertThat(takenAway.status()).as(takenAway.text()).isEqualTo(204);
      assertThat(server.send("alice", "DELETE", "/projects/" + project, "").status())
          .isEqualTo(204);
      assertThat(server.get("alice", "/varsets/" + created.id()).status()).isEqualTo(404);
    }
  }

  @Nested
  class What_a_set_is_applied_to {
    @Test
    void says_nothing_of_its_variables_to_whom_may_not_read_sets() {
      String workspace = server.workspace("onlooking");
      String reader = "varset-onlookers";
      server.allow(server.team(reader, ""), workspace, "{\"access\":\"read\"}");
      create(
          named("beside"),
          "\"vars\":{\"data\":[{\"type\":\"vars\",\"attributes\":{\"key\":\"k\","
              + "\"value\":\"of nobody\",\"category\":\"env\"}}]}");
      String applicable = "/workspaces/" + workspace + "/applicable-varsets?q=beside&include=vars";

      assertThat(server.get("alice", applicable).json().at("/included/0/attributes/key").asText())
          .isEqualTo("k");
      Answer toReader = server.get(reader, applicable);
      assertThat(names(toReader)).containsExactly("beside");
      assertThat(toReader.text()).doesNotContain("of nobody");
    }

    @Test
    void is_added_and_taken_away() {
      String project = project("Applied");
      String workspace = workspaceIn(project, "applied");
      String set = create(named("applied"), "").id();
      String ofWorkspace = "/workspaces/" + workspace + "/varsets?q=applied";
      String applicable = "/workspaces/" + workspace + "/applicable-varsets?q=applied";
      String path = "/varsets/" + set + "/relationships/";
      assertThat(names(server.get("alice", applicable))).containsExactly("applied");

      server.post("alice", path + "workspaces", body("workspaces", workspace));
      assertThat(names(server.get("alice", ofWorkspace))).containsExactly("applied");
      assertThat(names(server.get("alice", applicable))).isEmpty();
      server.send("alice", "DELETE", path + "workspaces", body("workspaces", workspace));
      assertThat(names(server.get("alice", ofWorkspace))).isEmpty();
      server.post("alice", path + "projects", body("projects", project));
      assertThat(names(server.get("alice", ofWorkspace))).containsExactly("applied");
      assertThat(names(server.get("alice", "/projects/" + project + "/varsets?scope=shared&q=app")))
          .containsExactly("applied");
      server.send("alice", "DELETE", path + "projects", body("projects", project));
      assertThat(names(server.get("alice", ofWorkspace))).isEmpty();
    }

    @Test
    void is_refused_where_it_makes_no_sense() {
      String set = "/varsets/" + create(named("strict"), "").id() + "/relationships/";
      String global =
          "/varsets/"
              + create("{\"name\":\"everywhere\",\"global\":true}", "").id()
              + "/relationships/";
      String workspace = server.workspace("strict");

      Answer none = server.post("alice", set + "workspaces", body("workspaces", "ws-none"));
      Answer wrong = server.post("alice", set + "workspaces", body("projects", workspace));
      Answer all = server.post("alice", global + "workspaces", body("workspaces", workspace));

      assertThat(none.pointers()).containsExactly("/data/0/id");
      assertThat(wrong.pointers()).containsExactly("/data/0/type");
      assertThat(all.status()).isEqualTo(422);
      assertThat(server.post("alice", set + "projects", "{\"data\":7}").status()).isEqualTo(400);
      assertThat(server.post("bob", set + "workspaces", body("workspaces", workspace)).status())
          .isEqualTo(404);
      assertThat(names(server.get("alice", SETS + "?q=every&" + query("filter[global]", "true"))))
          .containsExactly("everywhere");
      assertThat(names(server.get("alice", SETS + "?q=every&" + query("filter[global]", "false"))))
          .isEmpty();
    }
  }

  @Nested
  class A_variable_of_a_set {
    @Test
    void follows_the_rules_of_all_variables() {
      String vars = "/varsets/" + create(named("holder"), "").id() + "/relationships/vars";

      Answer created =
          server.post(
              "alice",
              vars,
              document(
                  "vars",
                  "{\"key\":\"a\",\"value\":\"1\",\"category\":\"env\",\"sensitive\":true}"));
      String one = vars + "/" + created.id();
      Answer changed = server.send("alice", "PATCH", one, document("vars", "{\"value\":\"2\"}"));
      Answer shown = server.send("alice", "PATCH", one, document("vars", "{\"sensitive\":false}"));
      Answer twice =
          server.post("alice", vars, document("vars", "{\"key\":\"a\",\"category\":\"env\"}"));

      assertThat(created.status()).isEqualTo(201);
      Golden.assertSame("variable-of-set.json", created.json());
      assertThat(changed.attribute("version-id")).isNotEqualTo(created.attribute("version-id"));
      assertThat(changed.attribute("value").isNull()).isTrue();
      assertThat(shown.pointers()).containsExactly("/data/attributes/sensitive");
      assertThat(twice.detail()).isEqualTo("Key has already been taken");
      assertThat(server.get("alice", vars).ids()).containsExactly(created.id());
      assertThat(server.get("bob", one).status()).isEqualTo(404);
      assertThat(server.get("bob", "/vars/" + created.id()).status()).isEqualTo(404);
      String elsewhere = "/varsets/" + create(named("other holder"), "").id();
      assertThat(server.get("alice", elsewhere + "/relationships/vars/" + created.id()).status())
          .isEqualTo(404);
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", vars).ids()).isEmpty();
    }

    @Test
    void is_in_one_global_set_only() {
      String variable =
          "\"vars\":{\"data\":[{\"attributes\":{\"key\":\"only\",\"category\":\"env\"}}]}";
      create("{\"name\":\"global one\",\"global\":true}", variable);

      Answer second =
          server.post("alice", SETS, set("{\"name\":\"two\",\"global\":true}", variable));
      Answer prioritized =
          create("{\"name\":\"three\",\"global\":true,\"priority\":true}", variable);
      Answer demoted =
          server.send(
              "alice", "PATCH", "/varsets/" + prioritized.id(), set("{\"priority\":false}", ""));

      assertThat(second.status()).isEqualTo(422);
      assertThat(second.detail()).contains("only", "global one");
      assertThat(demoted.status()).isEqualTo(422);
    }
  }

  @Nested
  class A_workspace {
    @Test
    void gets_of_each_key_the_one_that_wins() {
      String project = project("Ladder");
      String workspace = workspaceIn(project, "ladder");
      String set = create(named("ladder"), to("projects", project) + "," + SECRET_AND_OPEN).id();
      String own =
          server
              .post(
                  "alice",
                  "/workspaces/" + workspace + "/vars",
                  document(
                      "vars", "{\"key\":\"region\",\"value\":\"us\",\"category\":\"terraform\"}"))
              .id();

      Answer all = server.get("alice", "/workspaces/" + workspace + "/all-vars");
      Answer context =
          server.get(
              "alice", "/workspaces/" + workspace + "/varsets/" + set + "/relationships/vars");

      assertThat(all.json().path("data"))
          .extracting(it -> it.at("/attributes/key").asText())
          .contains("region", "TOKEN")
          .doesNotHaveDuplicates();
      assertThat(all.ids()).contains(own);
      JsonNode region = Objects.requireNonNull(context.json().at("/data/0"));
      assertThat(region.at("/relationships/overwriter/data/id").asText()).isEqualTo(own);
      assertThat(context.json().at("/data/1/relationships/overwriter/data").isNull()).isTrue();
      assertThat(
              server
                  .get(
                      "alice",
                      "/workspaces/"
                          + server.workspace("unladdered")
                          + "/varsets/"
                          + set
                          + "/relationships/vars")
                  .status())
          .isEqualTo(404);
    }
  }
}
