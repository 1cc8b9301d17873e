package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Modules as they are managed. The test speaks for the registry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryModulesIT {
  private static final String MODULES = "/organizations/acme/registry-modules";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private Answer create(String name) {
    return server.post(
        "alice",
        MODULES,
        document(
            "registry-modules",
            "{\"name\":\"" + name + "\",\"provider\":\"aws\",\"registry-name\":\"private\"}"));
  }

  private static String one(String name) {
    return MODULES + "/private/acme/" + name + "/aws";
  }

  private Answer version(String name, String version) {
    return server.post(
        "alice",
        one(name) + "/versions",
        document("registry-module-versions", "{\"version\":\"" + version + "\"}"));
  }

  private Answer uploaded(String name, String version) {
    Answer created = version(name, version);
    atlas.objects().put(created.data().at("/links/upload").asText(), "slug of " + version);
    return created;
  }

  private void extracted(Answer version, String status, String error) {
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

  private JsonNode statuses(String name) {
    return server.get("alice", one(name)).attribute("version-statuses");
  }

  private String connection() {
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

  private Answer publish(String path, String repository) {
    return server.post(
        "alice",
        path,
        document(
            "registry-modules",
            "{\"vcs-repo\":{\"identifier\":\"" + repository.formatted(connection()) + "\"}}"));
  }

  @Nested
  class A_module {
    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created = create("same");

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
      create("taken");

      assertThat(create("taken").pointers()).containsExactly("/data/attributes/name");
      assertThat(create("-a").pointers()).containsExactly("/data/attributes/name");
      assertThat(create("a".repeat(65)).pointers()).containsExactly("/data/attributes/name");
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
      create("guarded");
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
      create("short");
      uploaded("short", "1.0.0");
      uploaded("short", "1.1.0");

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
      create("whole");

      Answer created = uploaded("whole", "1.0.0");
      String offered = statuses("whole").at("/0/status").asText();
      extracted(created, "ok", "null");
      extracted(created, "failed", "\"late\"");
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
      create("broken");
      Answer created = uploaded("broken", "1.0.0");

      extracted(created, "failed", "\"main.tf:3: unclosed block\"");

      assertThat(statuses("broken").at("/0/status").asText()).isEqualTo("reg_ingress_failed");
      assertThat(statuses("broken").at("/0/error").asText()).isEqualTo("main.tf:3: unclosed block");
      assertThat(server.get("alice", one("broken")).attribute("status").asText())
          .isEqualTo("setup_failed");
    }

    @Test
    void is_refused_with_what_is_wrong_with_its_number() {
      create("numbered");
      version("numbered", "1.0.0");

      assertThat(version("numbered", "1.0.0").pointers())
          .containsExactly("/data/attributes/version");
      assertThat(version("numbered", "v1").pointers()).containsExactly("/data/attributes/version");
      assertThat(version("numbered", "").pointers()).containsExactly("/data/attributes/version");
    }

    @Test
    void takes_the_same_upload_twice_and_no_other() {
      create("twice");
      String upload = version("twice", "1.0.0").data().at("/links/upload").asText();

      assertThat(atlas.objects().put(upload, "slug")).isEqualTo(200);
      assertThat(atlas.objects().put(upload, "slug")).isEqualTo(200);
      assertThat(atlas.objects().put(upload, "other")).isEqualTo(409);
    }
  }

  @Nested
  class A_repository {
    @Test
    void makes_a_module_of_its_tags() {
      Answer created =
          publish(
              MODULES + "/vcs",
              "lab/terraform-aws-tagged.git\",\"oauth-token-id\":\"%s\",\"display-identifier\":\"lab/tagged");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("registry-module-of-tags.json", created.json());
      assertThat(version("tagged", "1.0.0").pointers()).containsExactly("/data/attributes/version");
    }

    @Test
    void makes_a_module_of_a_branch() {
      Answer created =
          publish(
              MODULES + "/vcs",
              "lab/terraform-aws-branched\",\"oauth-token-id\":\"%s\",\"branch\":\"main");
      Answer next = version("branched", "0.1.0");

      assertThat(created.attribute("publishing-mechanism").asText()).isEqualTo("branch");
      assertThat(created.attribute("version-statuses").at("/0/version").asText())
          .isEqualTo("0.0.0");
      assertThat(next.attribute("status").asText()).isEqualTo("cloning");
      assertThat(
              server
                  .send(
                      "alice",
                      "PATCH",
                      one("branched"),
                      document("registry-modules", "{\"vcs-repo\":{\"tags\":true}}"))
                  .attribute("publishing-mechanism")
                  .asText())
          .isEqualTo("git_tag");
    }

    @Test
    void of_several_modules_makes_one_of_a_directory_and_of_the_tags_that_are_its_own() {
      Answer created =
          server.post(
              "alice",
              MODULES + "/vcs",
              document(
                  "registry-modules",
                  """
                  {"name":"lake","provider":"aws","vcs-repo":{"identifier":"lab/monorepo",
                   "oauth-token-id":"%s","tag-prefix":"lake/","source-directory":"/modules/lake/"}}\
                  """
                      .formatted(connection())));
      Answer moved =
          server.send(
              "alice",
              "PATCH",
              one("lake"),
              document("registry-modules", "{\"vcs-repo\":{\"source-directory\":\"lake\"}}"));

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.attribute("vcs-repo").path("tag-prefix").asText()).isEqualTo("lake/");
      assertThat(created.attribute("vcs-repo").path("source-directory").asText())
          .isEqualTo("modules/lake");
      assertThat(moved.attribute("vcs-repo").path("tag-prefix").asText()).isEqualTo("lake/");
      assertThat(moved.attribute("vcs-repo").path("source-directory").asText()).isEqualTo("lake");
    }

    @ParameterizedTest
    @CsvSource({
      "source-directory, ../elsewhere, source-directory",
      "source-directory, a//b, source-directory",
      "tag-prefix, x/, tag-prefix",
    })
    void of_a_branch_or_a_path_that_leads_elsewhere_is_refused(
        String attribute, String value, String pointer) {
      Answer refused =
          publish(
              MODULES + "/vcs",
              "lab/terraform-aws-x\",\"oauth-token-id\":\"%s\",\"branch\":\"main\",\""
                  + attribute
                  + "\":\""
                  + value);

      assertThat(refused.pointers()).containsExactly("/data/attributes/vcs-repo/" + pointer);
    }

    @Test
    void makes_a_module_in_the_words_of_older_clients() {
      Answer created =
          publish("/registry-modules", "lab/terraform-aws-older\",\"oauth-token-id\":\"%s");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.attribute("name").asText()).isEqualTo("older");
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      assertThat(publish(MODULES + "/vcs", "lab/network\",\"oauth-token-id\":\"%s").pointers())
          .containsExactly("/data/attributes/vcs-repo/identifier");
      assertThat(publish(MODULES + "/vcs", "lab/terraform-aws-x").pointers())
          .containsExactly("/data/attributes/vcs-repo/oauth-token-id");
      assertThat(
              publish(
                      MODULES + "/vcs",
                      "lab/terraform-aws-x\",\"oauth-token-id\":\"%s\",\"tags\":true,\"branch\":\"main")
                  .pointers())
          .containsExactly("/data/attributes/vcs-repo/branch");
    }
  }

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
