package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.InternalApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What follows archivist's word that a configuration is stored, and what a site allows.
class UploadedConfigurationIT {
  private static final String WORKSPACES = "/api/v2/organizations/acme/workspaces";

  private AtlasFixture atlas;

  @BeforeEach
  void start() {
    atlas = AtlasFixture.start();
    atlas
        .admin()
        .post("/api/v2/organizations", "organizations", Map.of("name", "acme", "email", "a@b.c"));
  }

  @AfterEach
  void stop() {
    atlas.close();
  }

  private Answer workspace(Map<String, ?> attributes) {
    return atlas.admin().post(WORKSPACES, "workspaces", attributes);
  }

  /// A configuration that is to be run once it is there; archivist says that it is.
  private Answer upload(String workspace) {
    return upload(workspace, false);
  }

  private Answer upload(String workspace, boolean isSpeculative) {
    String configuration =
        atlas
            .admin()
            .post(
                "/api/v2/workspaces/" + workspace + "/configuration-versions",
                "configuration-versions",
                Map.of("auto-queue-runs", true, "speculative", isSpeculative))
            .id();
    return atlas
        .as("internal token of the test")
        .send(
            "POST",
            InternalApi.OBJECTS,
            """
            {"v":1,"type":"configuration-version","id":"%s","object_id":"slugs/a","bytes":10,
             "sha256":"00","md5":"00","attempt":0}
            """
                .formatted(configuration),
            Map.of("Content-Type", "application/json"));
  }

  private JsonNode runs(String workspace) {
    return atlas.admin().get("/api/v2/workspaces/" + workspace + "/runs").data();
  }

  @Nested
  class A_run_that_follows_an_upload {
    @Test
    void is_its_uploader_s() {
      String workspace = workspace(Map.of("name", "net")).id();

      assertThat(upload(workspace).status()).isEqualTo(204);

      assertThat(runs(workspace)).hasSize(1);
      assertThat(runs(workspace).at("/0/relationships/created-by/data/id"))
          .isEqualTo(atlas.admin().get("/api/v2/account/details").data().path("id"));
    }

    @Test
    void does_not_come_where_runs_are_not_remote_and_the_upload_is_good() {
      String workspace = workspace(Map.of("name", "net", "execution-mode", "local")).id();

      assertThat(upload(workspace).status()).isEqualTo(204);

      assertThat(runs(workspace)).isEmpty();
    }
  }

  @Nested
  class A_configuration_version {
    @Test
    void tells_where_to_upload_as_long_as_it_waits() {
      String workspace = workspace(Map.of("name", "net")).id();
      Answer created =
          atlas
              .admin()
              .post(
                  "/api/v2/workspaces/" + workspace + "/configuration-versions",
                  "configuration-versions",
                  Map.of());

      Answer shown = atlas.admin().get("/api/v2/configuration-versions/" + created.id());

      assertThat(created.attributes().path("upload-url").asText()).startsWith("https://");
      assertThat(shown.attributes().path("status").asText()).isEqualTo("pending");
      assertThat(shown.attributes().path("upload-url").asText()).startsWith("https://");
    }
  }

  @Nested
  class A_list_of_runs {
    @Test
    void shows_plan_only_runs_to_those_who_ask_for_them() {
      String workspace = workspace(Map.of("name", "net")).id();
      upload(workspace, true);
      String all = "/api/v2/workspaces/" + workspace + "/runs";

      assertThat(runs(workspace)).isEmpty();
      assertThat(atlas.admin().get(all + "?filter%5Boperation%5D=plan_only").data()).hasSize(1);
    }
  }

  @Nested
  class The_character_that_no_database_keeps {
    @Test
    void is_refused_wherever_it_stands() {
      assertThat(atlas.admin().get("/api/v2/runs/%00").status()).isEqualTo(404);
      assertThat(atlas.admin().get("/api/v2/organizations?q=%00").status()).isEqualTo(400);
      assertThat(workspace(Map.of("name", "net", "description", "a\0b")).status()).isEqualTo(400);
    }
  }

  @Nested
  class A_workspace {
    @Test
    void beyond_the_site_s_ceiling_is_refused() {
      Answer settings =
          atlas
              .admin()
              .patch(
                  "/api/v2/admin/general-settings",
                  "general-settings",
                  Map.of(
                      "limit-workspaces-per-organization",
                      true,
                      "default-workspaces-per-organization-ceiling",
                      1));
      assertThat(settings.status()).isEqualTo(200);

      assertThat(workspace(Map.of("name", "first")).status()).isEqualTo(201);
      Answer second = workspace(Map.of("name", "second"));

      assertThat(second.status()).isEqualTo(422);
      assertThat(second.json().at("/errors/0/detail").asText()).contains("allowed: 1");
    }
  }
}
