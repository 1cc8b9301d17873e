package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmesIT {
  private static final String LIST = "/organizations/acme/workspaces?include=readme";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  /// A configuration of a workspace that is uploaded; its id.
  private String upload(String workspace, String attributes) {
    Answer configuration =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/configuration-versions",
            document("configuration-versions", attributes));
    atlas.objects().put(configuration.attribute("upload-url").asText(), "slug");
    return configuration.id();
  }

  private String upload(String workspace) {
    return upload(workspace, "{\"auto-queue-runs\":false}");
  }

  /// A workspace whose configuration has a README.
  private String workspaceWith(String name, String markdown) {
    String workspace = server.workspace(name);
    atlas.readmeRead(upload(workspace), Optional.of(markdown));
    return workspace;
  }

  private String markdown(String workspace) {
    Answer shown = server.get("alice", "/workspaces/" + workspace + "?include=readme");
    return relationship(shown.data()).path("data").isNull()
        ? "none"
        : shown.json().at("/included/0/attributes/raw-markdown").asText();
  }

  private static JsonNode relationship(JsonNode workspace) {
    return workspace.at("/relationships/readme");
  }

  /// The configurations that a job is to look through.
  private List<String> wanted() {
    return atlas
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT argument ->> 'configuration_version_id' FROM outbox"
                        + " WHERE class = 'ConfigurationVersions::ReadReadme'")
                .mapTo(String.class)
                .list());
  }

  @Nested
  class A_readme {
    @Test
    void is_looked_for_by_a_job_in_each_upload_that_is_not_speculative() {
      String workspace = server.workspace("jobs");

      String speculative = upload(workspace, "{\"auto-queue-runs\":false,\"speculative\":true}");
      String pending = server.configuration(workspace).id();
      String uploaded = upload(workspace);

      assertThat(wanted()).contains(uploaded).doesNotContain(speculative, pending);
    }

    @Test
    void comes_along_with_its_workspace_by_id_and_by_name() {
      String workspace = workspaceWith("network", "# Network\n\nÜber \u0001 \"alles\"");

      Answer byId = server.get("alice", "/workspaces/" + workspace + "?include=readme");
      Answer byName =
          server.get("alice", "/organizations/acme/workspaces/network?include=readme,organization");

      JsonNode readme = byId.json().at("/included/0");
      assertThat(readme.path("type").asText()).isEqualTo("workspace-readme");
      assertThat(readme.at("/attributes/raw-markdown").asText())
          .isEqualTo("# Network\n\nÜber \u0001 \"alles\"");
      assertThat(relationship(byId.data()).at("/data/id")).isEqualTo(readme.path("id"));
      assertThat(relationship(byName.data())).isEqualTo(relationship(byId.data()));
      assertThat(byName.json().path("included")).hasSize(2).contains(readme);
    }

    @Test
    void is_not_told_where_nobody_asks_for_it() {
      String workspace = workspaceWith("silent", "a text of its own");

      assertThat(server.get("alice", "/workspaces/" + workspace).text())
          .contains("workspace-readme")
          .doesNotContain("a text of its own");
    }

    @Test
    void is_that_of_the_newest_configuration_whichever_is_read_last() {
      String workspace = server.workspace("order");
      String older = upload(workspace);
      String newer = upload(workspace);

      atlas.readmeRead(newer, Optional.of("newer"));
      atlas.readmeRead(older, Optional.of("older"));

      assertThat(markdown(workspace)).isEqualTo("newer");
    }

    @Test
    void is_gone_when_the_newest_configuration_has_none() {
      String workspace = workspaceWith("gone", "first");
      String older = upload(workspace);
      String newest = upload(workspace);

      atlas.readmeRead(newest, Optional.empty());
      atlas.readmeRead(older, Optional.of("second"));

      assertThat(markdown(workspace)).isEqualTo("none");
    }

    @Test
    void keeps_its_id_when_its_text_changes() {
      String workspace = workspaceWith("changing", "first");
      String id = server.get("alice", "/workspaces/" + workspace).related("readme");

      atlas.readmeRead(upload(workspace), Optional.of("second"));

      assertThat(server.get("alice", "/workspaces/" + workspace).related("readme")).isEqualTo(id);
      assertThat(markdown(workspace)).isEqualTo("second");
    }

    @Test
    void goes_with_its_workspace_and_a_late_job_finds_nothing_to_do() {
      String workspace = workspaceWith("deleted", "first");
      String late = upload(workspace);

      assertThat(server.send("alice", "DELETE", "/workspaces/" + workspace, "").status())
          .isEqualTo(204);
      atlas.readmeRead(late, Optional.of("second"));

      assertThat(server.get("alice", "/workspaces/" + workspace).status()).isEqualTo(404);
    }

    @Test
    void may_be_as_long_as_it_is_kept() {
      String text = "é".repeat(128 * 1024);

      assertThat(markdown(workspaceWith("long", text))).isEqualTo(text);
    }
  }

  @Nested
  class A_list {
    @Test
    void has_the_readmes_of_those_workspaces_that_its_reader_sees() {
      String seen = workspaceWith("listed-seen", "seen");
      workspaceWith("listed-hidden", "hidden");
      server.workspace("listed-without");
      server.allow(server.team("listers", ""), seen, "{\"access\":\"read\"}");

      Answer all = server.get("alice", LIST + "&" + query("search[name]", "listed-"));
      Answer some = server.get("listers", LIST);

      assertThat(texts(all)).containsExactlyInAnyOrder("seen", "hidden");
      assertThat(texts(some)).containsExactly("seen");
      assertThat(all.data().valueStream().map(one -> relationship(one).path("data").isNull()))
          .containsExactlyInAnyOrder(true, false, false);
      assertThat(server.get("alice", "/organizations/acme/workspaces").text())
          .doesNotContain("raw-markdown");
    }

    private static List<String> texts(Answer answer) {
      return answer
          .json()
          .path("included")
          .valueStream()
          .map(one -> one.at("/attributes/raw-markdown").asText())
          .toList();
    }
  }

  @Nested
  class A_workspace_without_one {
    @Test
    void says_so_when_it_is_made_and_when_it_is_read() {
      Answer made =
          server.post(
              "alice",
              "/organizations/acme/workspaces",
              document("workspaces", "{\"name\":\"fresh\"}"));
      Answer read = server.get("alice", "/workspaces/" + made.id() + "?include=readme");

      assertThat(relationship(made.data()).toString()).isEqualTo("{\"data\":null}");
      assertThat(relationship(read.data()).toString()).isEqualTo("{\"data\":null}");
      assertThat(read.json().path("included")).isEmpty();
    }

    @Test
    void is_not_seen_by_others_and_so_is_its_readme() {
      String workspace = workspaceWith("private", "private");

      assertThat(server.get("bob", "/workspaces/" + workspace + "?include=readme").status())
          .isEqualTo(404);
    }
  }
}
