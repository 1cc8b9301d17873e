package io.terrarium.atlas;

import static io.terrarium.atlas.ModulePublishing.MODULES;
import static io.terrarium.atlas.ModulePublishing.one;
import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Modules that are published from repositories.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedRepositoriesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final ModulePublishing modules = new ModulePublishing(atlas, server);

  @Nested
  class A_repository {
    @Test
    void makes_a_module_of_its_tags() {
      Answer created =
          modules.publish(
              MODULES + "/vcs",
              "lab/terraform-aws-tagged.git\",\"oauth-token-id\":\"%s\",\"display-identifier\":\"lab/tagged");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("registry-module-of-tags.json", created.json());
      assertThat(modules.version("tagged", "1.0.0").pointers())
          .containsExactly("/data/attributes/version");
    }

    @Test
    void makes_a_module_of_a_branch() {
      Answer created =
          modules.publish(
              MODULES + "/vcs",
              "lab/terraform-aws-branched\",\"oauth-token-id\":\"%s\",\"branch\":\"main");
      Answer next = modules.version("branched", "0.1.0");

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
                      .formatted(modules.connection())));
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
          modules.publish(
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
          modules.publish("/registry-modules", "lab/terraform-aws-older\",\"oauth-token-id\":\"%s");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.attribute("name").asText()).isEqualTo("older");
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      assertThat(
              modules.publish(MODULES + "/vcs", "lab/network\",\"oauth-token-id\":\"%s").pointers())
          .containsExactly("/data/attributes/vcs-repo/identifier");
      assertThat(modules.publish(MODULES + "/vcs", "lab/terraform-aws-x").pointers())
          .containsExactly("/data/attributes/vcs-repo/oauth-token-id");
      assertThat(
              modules
                  .publish(
                      MODULES + "/vcs",
                      "lab/terraform-aws-x\",\"oauth-token-id\":\"%s\",\"tags\":true,\"branch\":\"main")
                  .pointers())
          .containsExactly("/data/attributes/vcs-repo/branch");
    }
  }
}
