package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Workspaces as people make them, connect them and look at them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspacePagesIT {
  private static final String NEW = "/app/acme/workspaces/new";
  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}";
  private static final String PARSED =
      """
      {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
       "resource_count":1,"modules":[],"providers":[],
       "resources":[{"mode":"managed","type":"random_pet","name":"animal","module":"root",
         "count":1,"provider":"registry.terraform.io/hashicorp/random",
         "instances":[{"index":"<i>","digest":1}]}],
       "outputs":[
         {"name":"open","sensitive":false,"type":"string","detailed_type":"string","value":"<o>"},
         {"name":"list","sensitive":false,"type":"list","detailed_type":"list","value":[1,2]},
         {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
          "value":"hush"}]}
      """;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String one(String workspace) {
    return "/app/acme/workspaces/" + workspace;
  }

  private Answer workspace(String name) {
    return server.get("alice", "/organizations/acme/workspaces/" + name);
  }

  /// The token of a new connection to a Git server.
  private String connection() {
    return server
        .post(
            "alice",
            "/organizations/acme/oauth-clients",
            document(
                "oauth-clients",
                """
                {"service-provider":"git","http-url":"https://git.example.com","name":"Our <Git>",
                 "secret":"signs webhooks"}\
                """))
        .data()
        .at("/relationships/oauth-tokens/data/0/id")
        .asText();
  }

  /// With one resource and three outputs.
  private String workspaceWithState(String name) throws JsonProcessingException {
    String id = server.workspace(name);
    server.post("alice", "/workspaces/" + id + "/actions/lock", "{\"reason\":\"moving\"}");
    String state = Base64.getEncoder().encodeToString(STATE.getBytes(StandardCharsets.UTF_8));
    Answer pushed =
        server.post(
            "alice",
            "/workspaces/" + id + "/state-versions",
            document(
                "state-versions",
                "{\"serial\":1,\"lineage\":\"L\",\"md5\":\"%032d\",\"state\":\"%s\"}"
                    .formatted(1, state)));
    atlas.parsed(pushed.id(), Json.SNAKE.readValue(PARSED, ParsedState.class));
    return id;
  }

  /// As if slug-ingress had said so.
  private void fail(String name, String message) {
    atlas
        .database()
        .useTransaction(db ->
            db.execute(
                """
                UPDATE configuration_versions
                   SET status = 'errored', error = 'repository_not_found', error_message = ?
                 WHERE workspace_id = (SELECT id FROM workspaces WHERE name = ?)
                """,
                message,
                name));
  }

  private int configurations(String name) {
    return server
        .get("alice", "/workspaces/" + workspace(name).id() + "/configuration-versions")
        .data()
        .size();
  }

  @Nested
  class A_new_workspace {
    @Test
    void is_made_in_a_project_by_its_name() {
      String project = server.project("Zoo");

      String form = alice.open(NEW + "?project=" + project).text();
      Answer made =
          alice.submit(
              NEW, Map.of("name", "lions", "relationships.project", project, "auto-apply", "true"));

      assertThat(form).containsPattern("value=\"" + project + "\" selected");
      assertThat(made.header("Location")).contains(one("lions"));
      assertThat(workspace("lions").related("project")).isEqualTo(project);
      assertThat(workspace("lions").attribute("auto-apply").asBoolean()).isTrue();
      assertThat(workspace("lions").attribute("source").asText()).isEqualTo("tfe-ui");
    }

    @Test
    void follows_a_repository_from_its_beginning() {
      String token = connection();

      String form = alice.open(NEW + "?way=git").text();
      Answer made =
          alice.submit(
              NEW,
              Map.of(
                  "way", "git",
                  "name", "followed",
                  "vcs-repo.oauth-token-id", token,
                  "vcs-repo.identifier", "lab/net.git",
                  "vcs-repo.branch", "release",
                  "working-directory", "live"));

      assertThat(form).contains("Our &lt;Git&gt;", token);
      assertThat(made.status()).as(made.text()).isEqualTo(303);
      Answer followed = workspace("followed");
      assertThat(followed.attribute("vcs-repo").path("identifier").asText())
          .isEqualTo("lab/net.git");
      assertThat(followed.attribute("vcs-repo").path("branch").asText()).isEqualTo("release");
      assertThat(followed.attribute("working-directory").asText()).isEqualTo("live");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      String token = connection();

      Answer refused =
          alice.submit(
              NEW,
              Map.of(
                  "way", "git",
                  "name", "no name",
                  "vcs-repo.oauth-token-id", token,
                  "vcs-repo.identifier", "lab/net.git"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains(
              "Name must have at most 90", "value=\"lab/net.git\"", "name=\"way\" value=\"git\"");
    }

    @Test
    void may_come_from_the_command_line() {
      assertThat(alice.open(NEW + "?way=cli").text())
          .contains("terraform login 127.0.0.1:8443", "organization = \"acme\"")
          .doesNotContain("name=\"name\"");
    }

    @Test
    void is_not_offered_to_who_may_make_none() {
      String id = server.workspace("of-others");
      Browser reader = server.member("rosa", id, "{\"access\":\"read\"}");

      assertThat(reader.open("/app/acme/workspaces").text()).doesNotContain("New workspace");
      assertThat(reader.open(NEW).status()).isEqualTo(404);
      assertThat(reader.submit(NEW, Map.of("name", "mine")).status()).isEqualTo(404);
    }
  }

  @Nested
  class The_repository {
    @Test
    void is_connected_changed_and_left_again() {
      server.workspace("linked");
      String token = connection();
      String page = one("linked") + "/settings/version-control";
      Map<String, String> fields =
          Map.of(
              "vcs-repo.oauth-token-id", token,
              "vcs-repo.identifier", "lab/net.git",
              "vcs-repo.branch", "main",
              "vcs-repo.ingress-submodules", "true",
              "vcs-repo.tags-regex", "",
              "file-triggers-enabled", "true",
              "trigger-patterns[]", "/net/**\r\n/live/*.tf",
              "trigger-prefixes[]", "",
              "speculative-enabled", "false");

      Answer connected = alice.submit(page, fields);
      Answer shown = workspace("linked");
      String form = alice.open(page).text();
      Answer left = alice.submit(one("linked") + "/disconnect", Map.of());

      assertThat(connected.status()).as(connected.text()).isEqualTo(303);
      assertThat(shown.attribute("vcs-repo").path("ingress-submodules").asBoolean()).isTrue();
      assertThat(shown.attribute("trigger-patterns")).hasToString("[\"/net/**\",\"/live/*.tf\"]");
      assertThat(shown.attribute("speculative-enabled").asBoolean()).isFalse();
      assertThat(form).contains("value=\"lab/net.git\"", "/net/**\n/live/*.tf", "Disconnect");
      assertThat(left.status()).isEqualTo(303);
      assertThat(workspace("linked").attribute("vcs-repo").isNull()).isTrue();
    }

    @Test
    void that_cannot_be_fetched_is_shown_and_fetched_again_on_request() {
      server.workspace("unreached");
      String page = one("unreached") + "/settings/version-control";
      Map<String, String> fields =
          Map.of("vcs-repo.oauth-token-id", connection(), "vcs-repo.identifier", "lab/gone.git");

      alice.submit(page, fields);
      String meanwhile = alice.open(one("unreached")).text();
      fail("unreached", "No repository is <there>.");
      String overview = alice.open(one("unreached")).text();
      String settings = alice.open(page).text();
      alice.submit(page, fields);
      String again = alice.open(page).text();
      alice.submit(page, fields);

      assertThat(meanwhile).contains("The newest commit of lab/gone.git is being fetched");
      assertThat(overview)
          .contains("The repository could not be fetched", "No repository is &lt;there&gt;.")
          .contains("or try again")
          .doesNotContain("No run yet");
      assertThat(settings).contains("It could not be fetched", "and it is fetched again");
      assertThat(again).contains("Its newest commit is being fetched").doesNotContain("try again");
      assertThat(configurations("unreached")).isEqualTo(2);
    }

    @Test
    void is_refused_at_its_fields() {
      server.workspace("unlinked");
      String token = connection();

      Answer refused =
          alice.submit(
              one("unlinked") + "/settings/version-control",
              Map.of(
                  "vcs-repo.oauth-token-id", token,
                  "vcs-repo.identifier", "",
                  "vcs-repo.tags-regex", "(",
                  "trigger-patterns[]", "a",
                  "trigger-prefixes[]", "b"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("Trigger patterns cannot be set together");
    }
  }

  @Nested
  class The_overview {
    @Test
    void shows_resources_outputs_tags_and_who_holds_it() throws JsonProcessingException {
      String id = workspaceWithState("full");
      server.post(
          "alice",
          "/workspaces/" + id + "/relationships/tags",
          "{\"data\":[{\"type\":\"tags\",\"attributes\":{\"name\":\"blue\"}}]}");

      String page = alice.open(one("full")).text();
      String found = alice.open(one("full") + "?search=animal").text();
      String none = alice.open(one("full") + "?search=zebra").text();

      assertThat(page)
          .contains("random_pet.animal[\"&lt;i&gt;\"]", "hashicorp/random")
          .contains("&lt;o&gt;", "[ 1, 2 ]", "Sensitive", "blue", "moving", "Default Project")
          .doesNotContain("hush")
          .doesNotContain("<o>");
      assertThat(found).contains("random_pet.animal");
      assertThat(none).contains("No resource has such an address.");
    }

    @Test
    void shows_no_state_to_who_may_not_read_it() throws JsonProcessingException {
      String id = workspaceWithState("closed");
      Browser onlooker = server.member("carl", id, "{\"access\":\"custom\",\"runs\":\"read\"}");

      String page = onlooker.open(one("closed")).text();

      assertThat(page).contains("closed").doesNotContain("random_pet").doesNotContain("Outputs");
    }

    @Test
    void of_a_fresh_workspace_says_how_to_begin() {
      server.workspace("fresh");

      assertThat(alice.open(one("fresh")).text())
          .contains("No run yet", "workspaces { name = \"fresh\" }")
          .doesNotContain("<h2>Resources");
    }
  }
}
