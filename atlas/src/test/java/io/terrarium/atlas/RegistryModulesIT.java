package io.terrarium.atlas;

import static io.terrarium.atlas.ModulePublishing.MODULES;
import static io.terrarium.atlas.ModulePublishing.one;
import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Modules and their versions as they are managed. The test speaks for the registry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryModulesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final ModulePublishing modules = new ModulePublishing(atlas, server);

  @Nested
  class A_module {
    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created = modules.create("same");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("registry-module.json", created.json());
      assertThat(server.get("alice", one("same")).json()).isEqualTo(created.json());
      assertThat(server.get("alice", "/registry-modules/" + created.id()).json())
          .isEqualTo(created.json());
      assertThat(server.get("alice", "/registry-modules/show/acme/same/aws").json())
          .isEqualTo(created.json());
      assertThat(server.get("alice", MODULES + "?q=sam&filter%5Bprovider%5D=aws").data())
          .containsExactly(created.data());
      assertThat(server.get("alice", MODULES + "?q=nothing").data()).isEmpty();
    }

    @Test
    void is_refused_with_what_is_wrong_with_its_names() {
      modules.create("taken");

      assertThat(modules.create("taken").pointers()).containsExactly("/data/attributes/name");
      assertThat(modules.create("-a").pointers()).containsExactly("/data/attributes/name");
      assertThat(modules.create("a".repeat(65)).pointers())
          .containsExactly("/data/attributes/name");
      assertThat(
              server
                  .post(
                      "alice",
                      MODULES,
                      document("registry-modules", "{\"provider\":\"No\",\"no-code\":true}"))
                  .pointers())
          .containsExactly("/data/attributes/no-code");
      assertThat(
              server
                  .post("alice", MODULES, document("registry-modules", "{\"provider\":\"No\"}"))
                  .pointers())
          .containsExactly("/data/attributes/name", "/data/attributes/provider");
      assertThat(
              server
                  .get("alice", MODULES + "/validation?name=taken&provider=aws")
                  .attribute("valid")
                  .asBoolean())
          .isFalse();
    }

    @Test
    void is_read_by_members_and_changed_by_who_may_manage_modules() {
      modules.create("guarded");
      server.team("members", "");
      server.team("publishers", ",\"organization-access\":{\"manage-modules\":true}");
      String body = document("registry-module-versions", "{\"version\":\"1.0.0\"}");

      assertThat(server.get("members", one("guarded")).status()).isEqualTo(200);
      assertThat(server.get("bob", one("guarded")).status()).isEqualTo(404);
      assertThat(server.post("members", one("guarded") + "/versions", body).status())
          .isEqualTo(404);
      assertThat(server.post("publishers", one("guarded") + "/versions", body).status())
          .isEqualTo(201);
      assertThat(server.send("members", "DELETE", one("guarded"), "").status()).isEqualTo(404);
      assertThat(server.get("alice", MODULES + "/public/acme/guarded/aws").status()).isEqualTo(404);
    }

    @Test
    void goes_with_its_last_version() {
      modules.create("short");
      modules.uploaded("short", "1.0.0");
      modules.uploaded("short", "1.1.0");

      Answer first = server.send("alice", "DELETE", one("short") + "/1.0.0", "");
      Answer still = server.get("alice", one("short"));
      Answer last =
          server.post("alice", "/registry-modules/actions/delete/acme/short/aws/1.1.0", "");

      assertThat(first.status()).isEqualTo(204);
      assertThat(still.attribute("version-statuses")).hasSize(1);
      assertThat(last.status()).isEqualTo(204);
      assertThat(server.get("alice", one("short")).status()).isEqualTo(404);
      assertThat(server.send("alice", "DELETE", one("short"), "").status()).isEqualTo(404);
    }
  }

  @Nested
  class A_version {
    @Test
    void is_uploaded_offered_to_the_registry_and_there_once_that_has_read_it() {
      modules.create("whole");

      Answer created = modules.uploaded("whole", "1.0.0");
      String offered = modules.statuses("whole").at("/0/status").asText();
      modules.extracted(created, "ok", "null");
      modules.extracted(created, "failed", "\"late\"");
      Answer read = server.get("alice", one("whole") + "/version?module_version=1.0.0");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("registry-module-version.json", created.json());
      assertThat(offered).isEqualTo("reg_ingressing");
      assertThat(read.attribute("status").asText()).isEqualTo("ok");
      assertThat(read.data().at("/links/upload").isMissingNode()).isTrue();
      assertThat(server.get("alice", one("whole")).attribute("status").asText())
          .isEqualTo("setup_complete");
    }

    @Test
    void that_cannot_be_read_says_why() {
      modules.create("broken");
      Answer created = modules.uploaded("broken", "1.0.0");

      modules.extracted(created, "failed", "\"main.tf:3: unclosed block\"");

      assertThat(modules.statuses("broken").at("/0/status").asText())
          .isEqualTo("reg_ingress_failed");
      assertThat(modules.statuses("broken").at("/0/error").asText())
          .isEqualTo("main.tf:3: unclosed block");
      assertThat(server.get("alice", one("broken")).attribute("status").asText())
          .isEqualTo("setup_failed");
    }

    @Test
    void is_refused_with_what_is_wrong_with_its_number() {
      modules.create("numbered");
      modules.version("numbered", "1.0.0");

      assertThat(modules.version("numbered", "1.0.0").pointers())
          .containsExactly("/data/attributes/version");
      assertThat(modules.version("numbered", "v1").pointers())
          .containsExactly("/data/attributes/version");
      assertThat(modules.version("numbered", "").pointers())
          .containsExactly("/data/attributes/version");
    }

    @Test
    void takes_the_same_upload_twice_and_no_other() {
      modules.create("twice");
      String upload = modules.version("twice", "1.0.0").data().at("/links/upload").asText();

      assertThat(atlas.objects().put(upload, "slug")).isEqualTo(200);
      assertThat(atlas.objects().put(upload, "slug")).isEqualTo(200);
      assertThat(atlas.objects().put(upload, "other")).isEqualTo(409);
    }
  }
}
