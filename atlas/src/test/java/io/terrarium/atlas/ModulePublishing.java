package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// What the owner of the organization `acme` does with its modules; it speaks for the registry too.
final class ModulePublishing {
  static final String MODULES = "/organizations/acme/registry-modules";

  private final AtlasFixture atlas;
  private final Tenants server;

  ModulePublishing(AtlasFixture atlas, Tenants server) {
    this.atlas = atlas;
    this.server = server;
  }

  Answer create(String name) {
    return server.post(
        "alice",
        MODULES,
        document(
            "registry-modules",
            "{\"name\":\"" + name + "\",\"provider\":\"aws\",\"registry-name\":\"private\"}"));
  }

  static String one(String name) {
    return MODULES + "/private/acme/" + name + "/aws";
  }

  Answer version(String name, String version) {
    return server.post(
        "alice",
        one(name) + "/versions",
        document("registry-module-versions", "{\"version\":\"" + version + "\"}"));
  }

  Answer uploaded(String name, String version) {
    Answer created = version(name, version);
    atlas.objects().put(created.data().at("/links/upload").asText(), "slug of " + version);
    return created;
  }

  void extracted(Answer version, String status, String error) {
    String object =
        atlas
            .database()
            .read(db ->
                db.createQuery(
                        "SELECT object_id FROM registry_module_versions WHERE external_id = :id")
                    .bind("id", version.id())
                    .mapTo(String.class)
                    .one());
    Answer told =
        atlas
            .mesh()
            .send(
                "POST",
                "/internal/v1/module-versions",
                """
                {"v":1,"module_version_id":"%s","object_id":"%s","status":"%s","error":%s}\
                """
                    .formatted(version.id(), object, status, error),
                Map.of());
    assertThat(told.status()).as(told.text()).isEqualTo(204);
  }

  JsonNode statuses(String name) {
    return server.get("alice", one(name)).attribute("version-statuses");
  }

  String connection() {
    return server
        .post(
            "alice",
            "/organizations/acme/oauth-clients",
            document(
                "oauth-clients",
                "{\"service-provider\":\"git\",\"http-url\":\"https://git.example.com\"}"))
        .data()
        .at("/relationships/oauth-tokens/data/0/id")
        .asText();
  }

  Answer publish(String path, String repository) {
    return server.post(
        "alice",
        path,
        document(
            "registry-modules",
            "{\"vcs-repo\":{\"identifier\":\"" + repository.formatted(connection()) + "\"}}"));
  }
}
