package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.TerraformOffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerraformVersionsIT {
  private static final String ALL = "/admin/terraform-versions";
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String URL = "https://mirror.example.com/terraform.zip";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private Answer register(String version, String more) {
    return create(
        "{\"version\":\"%s\",\"url\":\"%s\",\"sha\":\"%s\"%s}".formatted(version, URL, SHA, more));
  }

  private Answer create(String attributes) {
    return server.post("admin", ALL, document("terraform-versions", attributes));
  }

  private Answer update(String id, String attributes) {
    return server.send(
        "admin", "PATCH", ALL + "/" + id, document("terraform-versions", attributes));
  }

  private Answer delete(String id) {
    return server.send("admin", "DELETE", ALL + "/" + id, "");
  }

  private String installed() {
    return server.get("admin", ALL + "?" + query("filter[version]", "1.11.4")).ids().getFirst();
  }

  private Answer choose(String workspace, String version) {
    return server.send(
        "alice",
        "PATCH",
        "/workspaces/" + workspace,
        document("workspaces", "{\"terraform-version\":\"" + version + "\"}"));
  }

  @Nested
  class A_version {
    @Test
    void is_there_from_the_start_where_the_workers_have_it() {
      Answer found = server.get("admin", ALL + "/" + installed());

      assertThat(found.attribute("official").asBoolean()).isTrue();
      assertThat(found.attribute("enabled").asBoolean()).isTrue();
      assertThat(found.attribute("url").isNull()).isTrue();
      assertThat(delete(installed()).status()).isEqualTo(422);
    }

    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created =
          create(
              """
              {"version":"1.1.2-golden","archs":[
                {"os":"linux","arch":"arm64","url":"%1$s","sha":"%2$s"}],
               "url":"%1$s","sha":"%2$s","deprecated":true,"deprecated-reason":"Too old"}
              """
                  .formatted(URL, SHA));

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("terraform-version.json", created.json());
      assertThat(server.get("admin", ALL + "/" + created.id()).json()).isEqualTo(created.json());
      assertThat(
              server
                  .get("admin", ALL + "?" + query("filter[version]", "1.1.2-golden"))
                  .json()
                  .at("/data/0"))
          .isEqualTo(created.data());
    }

    @Test
    void is_listed_by_its_age_and_searched() {
      for (String version : List.of("0.9.0-listed", "0.10.0-listed", "0.9.10-listed")) {
        register(version, "");
      }

      assertThat(
              server
                  .get("admin", ALL + "?" + query("search[version]", "-LISTED"))
                  .listed("version"))
          .containsExactly("0.10.0-listed", "0.9.10-listed", "0.9.0-listed");
      assertThat(server.get("admin", ALL + "?" + query("filter[version]", "0.9")).ids()).isEmpty();
    }

    @Test
    void changes_in_what_is_named() {
      String id =
          register("1.1.3-changed", ",\"deprecated\":true,\"deprecated-reason\":\"Old\"").id();

      Answer changed = update(id, "{\"enabled\":false,\"deprecated\":false}");

      assertThat(changed.attribute("enabled").asBoolean()).isFalse();
      assertThat(changed.attribute("deprecated-reason").isNull()).isTrue();
      assertThat(changed.attribute("url").asText()).isEqualTo(URL);
      assertThat(server.get("admin", ALL + "/" + id).json()).isEqualTo(changed.json());
    }

    @Test
    void is_refused_with_all_that_is_wrong() {
      register("1.1.4-twice", "");

      Answer wrong =
          create(
              """
              {"version":"newest","url":"ftp://somewhere/x","sha":"abc","deprecated-reason":"Why",
               "archs":[{"os":"linux","arch":"amd64","url":"x","sha":"y"}]}
              """);

      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.pointers())
          .containsExactlyInAnyOrder(
              "/data/attributes/version",
              "/data/attributes/url",
              "/data/attributes/sha",
              "/data/attributes/archs/0/url",
              "/data/attributes/archs/0/sha",
              "/data/attributes/deprecated-reason");
      assertThat(register("1.1.4-twice", "").pointer()).isEqualTo("/data/attributes/version");
      assertThat(register("1.12345678.0", "").pointer()).isEqualTo("/data/attributes/version");
      assertThat(create("{\"version\":\"1.1.5\"}").pointer()).isEqualTo("/data/attributes/url");
      assertThat(server.get("admin", ALL + "/tool-none").status()).isEqualTo(404);
    }

    @Test
    void stays_while_workspaces_use_it() {
      String id = register("1.1.6-used", "").id();
      String workspace = server.workspace("user-of-a-version");
      choose(workspace, "1.1.6-used");

      Answer refused = delete(id);

      assertThat(refused.status()).isEqualTo(422);
      assertThat(server.get("admin", ALL + "/" + id).attribute("usage").asInt()).isOne();
      assertThat(update(id, "{\"version\":\"1.1.6-other\"}").status()).isEqualTo(422);
      choose(workspace, "1.11.4");
      assertThat(delete(id).status()).isEqualTo(204);
      assertThat(server.get("admin", ALL + "/" + id).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_workspace {
    @Test
    void may_not_choose_what_is_disabled_and_keeps_what_it_has() {
      String id = register("1.2.0-gone", "").id();
      String keeping = server.workspace("keeps-its-version");
      String late = server.workspace("chooses-too-late");
      choose(keeping, "1.2.0-gone");
      update(id, "{\"enabled\":false}");

      Answer refused = choose(late, "1.2.0-gone");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointer()).isEqualTo("/data/attributes/terraform-version");
      assertThat(choose(keeping, "1.2.0-gone").status()).isEqualTo(200);
    }

    @Test
    void may_choose_a_beta_only_where_the_organization_may() {
      register("1.2.1-beta1", ",\"beta\":true");
      String workspace = server.workspace("adventurous");

      int before = choose(workspace, "1.2.1-beta1").status();
      allowBetas(true);
      int after = choose(workspace, "1.2.1-beta1").status();
      allowBetas(false);

      assertThat(before).isEqualTo(422);
      assertThat(after).isEqualTo(200);
    }

    private void allowBetas(boolean allowed) {
      server.send(
          "admin",
          "PATCH",
          "/admin/organizations/acme",
          document("organizations", "{\"access-beta-tools\":" + allowed + "}"));
    }

    @Test
    void may_choose_a_constraint_a_release_that_is_not_registered_and_the_scripted_engine() {
      String workspace = server.workspace("choosy");

      for (String version : List.of("~> 1.11.0", "latest", "1.10.3", "1.11.4+scripted")) {
        assertThat(choose(workspace, version).status()).as(version).isEqualTo(200);
      }
    }

    @Test
    void may_not_choose_what_is_no_version() {
      String workspace = server.workspace("strict");

      for (String version :
          List.of(
              "soon",
              "9".repeat(30) + ".0.0",
              "1.2.3-" + "a".repeat(300),
              "1,".repeat(5_000) + "1",
              " ".repeat(100_000) + "x")) {
        Answer refused = choose(workspace, version);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/data/attributes/terraform-version");
        assertThat(refused.text()).hasSizeLessThan(500);
      }
    }

    @Test
    void starts_with_the_newest_once_the_installed_one_is_disabled() {
      register("1.12.9", "");
      register("1.13.0-beta2", ",\"beta\":true");
      update(installed(), "{\"enabled\":false}");

      Answer workspace = server.get("alice", "/workspaces/" + server.workspace("starting"));
      update(installed(), "{\"enabled\":true}");

      assertThat(workspace.attribute("terraform-version").asText()).isEqualTo("1.12.9");
    }
  }

  @Nested
  class A_run {
    @Test
    void is_built_with_the_archive_that_is_registered() {
      register("1.3.0-built", "");
      String workspace = server.readyWorkspace("building");
      choose(workspace, "1.3.0-built");

      TerraformOffer offer = offerOf(server.run(workspace, "{}"));

      assertThat(offer.archives())
          .containsExactly(new TerraformOffer.Archive("linux", "amd64", URL, SHA));
    }

    @Test
    void is_told_what_its_constraint_must_not_lead_to() {
      String id = register("1.3.1-shunned", "").id();
      update(id, "{\"enabled\":false}");
      String workspace = server.readyWorkspace("constrained");
      choose(workspace, "~> 1.3.0");

      TerraformOffer offer = offerOf(server.run(workspace, "{}"));

      assertThat(offer.archives()).isEmpty();
      assertThat(offer.disabled()).contains("1.3.1-shunned");
    }

    private TerraformOffer offerOf(Answer run) {
      return Objects.requireNonNull(
          worker.claim(run.related("plan")).build().terraformOffer(), run::text);
    }

    @Test
    void for_its_plan_alone_may_not_have_a_disabled_version() {
      String id = register("1.3.2-unplanned", "").id();
      update(id, "{\"enabled\":false}");

      Answer refused =
          server.run(
              server.readyWorkspace("planning-only"),
              "{\"plan-only\":true,\"terraform-version\":\"1.3.2-unplanned\"}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointer()).isEqualTo("/data/attributes/terraform-version");
    }
  }
}
