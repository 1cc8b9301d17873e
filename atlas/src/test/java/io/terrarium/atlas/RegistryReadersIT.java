package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What atlas tells the registry of readers, and of what is gone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryReadersIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  @Nested
  class The_registry {
    @Test
    void is_told_who_may_read() {
      String alice =
          server
              .post(
                  "alice",
                  "/users/" + server.id("alice") + "/authentication-tokens",
                  document("authentication-tokens", "{\"description\":\"x\"}"))
              .attribute("token")
              .asText();

      String acme = server.get("alice", "/organizations/acme").attribute("external-id").asText();
      assertThat(ask(alice, "acme").json().path("organization_id").asText()).isEqualTo(acme);
      assertThat(ask(alice, "beta").json().path("organization_id").isNull()).isTrue();
      assertThat(ask(alice, "none").json().path("organization_id").isNull()).isTrue();
      assertThat(ask("nobody's", "acme").status()).isEqualTo(401);
    }

    @Test
    void is_to_forget_what_a_deleted_organization_has_published() {
      server.post(
          "bob",
          "/organizations/beta/registry-modules",
          document(
              "registry-modules",
              "{\"name\":\"gone\",\"provider\":\"aws\",\"registry-name\":\"private\"}"));
      Answer version =
          server.post(
              "bob",
              "/organizations/beta/registry-modules/private/beta/gone/aws/versions",
              document("registry-module-versions", "{\"version\":\"1.0.0\"}"));
      atlas.objects().put(version.data().at("/links/upload").asText(), "slug");

      Answer deleted = server.send("bob", "DELETE", "/organizations/beta", "");

      assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
      assertThat(arguments("Registry::Withdraw")).contains(version.id());
      assertThat(arguments("Objects::Delete")).contains(version.id());
    }

    private String arguments(String className) {
      return atlas
          .database()
          .read(db ->
              db
                  .createQuery("SELECT argument FROM outbox WHERE class = :class")
                  .bind("class", className)
                  .mapTo(String.class)
                  .stream()
                  .collect(Collectors.joining()));
    }

    private Answer ask(String token, String namespace) {
      return atlas
          .mesh()
          .send(
              "POST",
              "/internal/v1/registry-access",
              "{\"v\":1,\"token\":\"" + token + "\",\"namespace\":\"" + namespace + "\"}",
              Map.of());
    }
  }
}
