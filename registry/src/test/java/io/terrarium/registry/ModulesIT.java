package io.terrarium.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModulesIT {
  private static final String MODULES = "/api/registry/v1/modules/acme/";

  @TempDir private static Path directory;
  private static RegistryFixture registry;
  private static Service worker;

  @BeforeAll
  static void start() {
    registry = new RegistryFixture(directory);
    worker = registry.startWorker();
    for (String version : List.of("1.10.0", "1.9.0", "2.0.0-beta.2", "2.0.0-beta.11", "1.9.0-rc")) {
      registry.publish(registry.offer("network", version, network(version)));
    }
    registry.publish(registry.offer("preview", "0.1.0-a", network("0.1.0-a")));
  }

  @AfterAll
  static void stop() {
    worker.close();
    registry.close();
  }

  private static byte[] network(String version) {
    return new ASlug()
        .file("README.md", "# Network " + version + "\n")
        .file(
            "main.tf",
            """
            terraform {
              required_version = ">= 1.5"
              required_providers {
                aws = { source = "hashicorp/aws", version = "~> 5.0" }
              }
            }
            variable "cidr" {
              type        = string
              description = "The range."
              default     = "10.0.0.0/8"
            }
            variable "tags" { type = map(string) }
            resource "aws_vpc" "this" {}
            data "aws_region" "here" {}
            module "label" {
              source  = "cloudposse/label/null"
              version = "0.25.0"
            }
            output "id" {
              value       = aws_vpc.this.id
              description = "Its id."
            }
            """)
        .file("modules/subnets/variables.tf", "variable \"count\" { default = 1 }\n")
        .file("modules/subnets/README.md", "# Subnets\n")
        .file("modules/subnets/nested/deeper.tf", "no HCL at all {")
        .file("modules/nothing/README.md", "# Nothing\n")
        .file("examples/all/main.tf", "no HCL at all {")
        .packed();
  }

  private static ModuleExtracted publish(byte[] slug) {
    return registry.publish(registry.offer("broken", "1.0.0-" + System.nanoTime(), slug));
  }

  @Nested
  class A_module {
    @Test
    void has_its_versions_in_their_order() {
      JsonNode module = registry.get(MODULES + "network/aws/versions").json().at("/modules/0");

      assertThat(module.path("source").asText()).isEqualTo("acme/network/aws");
      assertThat(module.path("versions").findValuesAsText("version"))
          .containsSubsequence("1.9.0-rc", "1.9.0", "1.10.0", "2.0.0-beta.2", "2.0.0-beta.11");
      JsonNode version = module.at("/versions/0");
      assertThat(version.at("/root/providers/0/name").asText()).isEqualTo("aws");
      assertThat(version.at("/root/providers/0/version").asText()).isEqualTo("~> 5.0");
      assertThat(version.at("/root/dependencies/0/source").asText())
          .isEqualTo("cloudposse/label/null");
      assertThat(version.at("/submodules/0/path").asText()).isEqualTo("modules/subnets");
    }

    @ParameterizedTest
    @CsvSource({"network, 1.10.0", "preview, 0.1.0-a"})
    void has_its_newest_release_as_the_latest_version(String name, String version) {
      RegistryFixture.Answer answer = registry.get(MODULES + name + "/aws/download");

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("location"))
          .isEqualTo(MODULES + name + "/aws/" + version + "/download");
    }

    @Test
    void is_downloaded_by_a_path_of_archivist() {
      RegistryFixture.Answer answer = registry.get(MODULES + "network/aws/1.9.0/download");

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("x-terraform-get"))
          .startsWith("/_archivist/v1/object/")
          .endsWith("?archive=tar.gz");
      assertThat(registry.get(answer.header("x-terraform-get"), "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"network/aws/1.9.0, 1.9.0", "network/aws, 1.10.0"})
    void tells_what_is_in_it(String path, String version) {
      JsonNode details = registry.get(MODULES + path).json();

      assertThat(details.path("id").asText()).isEqualTo("acme/network/aws/" + version);
      assertThat(details.path("source").asText())
          .isEqualTo("https://git.example.com/acme/terraform-aws-network");
      assertThat(details.path("published_at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
      assertThat(details.path("versions")).hasSize(5);
      JsonNode root = details.path("root");
      assertThat(root.path("readme").asText()).isEqualTo("# Network " + version + "\n");
      assertThat(root.path("inputs").toString())
          .isEqualTo(
              """
              [{"name":"cidr","type":"string","description":"The range.",\
              "default":"\\"10.0.0.0/8\\"","required":false,"sensitive":false},\
              {"name":"tags","type":"map(string)","description":null,"default":null,\
              "required":true,"sensitive":false}]\
              """);
      assertThat(root.path("outputs").toString())
          .isEqualTo("[{\"name\":\"id\",\"description\":\"Its id.\",\"sensitive\":false}]");
      assertThat(root.path("resources").toString())
          .isEqualTo("[{\"name\":\"this\",\"type\":\"aws_vpc\"}]");
      assertThat(root.path("provider_dependencies").toString())
          .isEqualTo(
              "[{\"name\":\"aws\",\"namespace\":\"hashicorp\",\"source\":\"hashicorp/aws\",\"version\":\"~> 5.0\"}]");
      assertThat(details.path("submodules")).hasSize(1);
      assertThat(details.at("/submodules/0/name").asText()).isEqualTo("subnets");
      assertThat(details.at("/submodules/0/readme").asText()).isEqualTo("# Subnets\n");
    }

    @Test
    void is_listed_with_those_of_its_organization() {
      JsonNode listing = registry.get("/api/registry/v1/modules/acme").json();
      JsonNode second = registry.get("/api/registry/v1/modules/acme?limit=1&offset=1").json();

      assertThat(listing.path("modules").findValuesAsText("id"))
          .containsSubsequence("acme/network/aws/1.10.0", "acme/preview/aws/0.1.0-a");
      assertThat(second.path("modules")).containsExactly(listing.at("/modules/1"));
    }

    @Test
    void with_200_versions_is_listed_whole() {
      byte[] slug = network("any");
      for (int i = 0; i < 200; i++) {
        registry.post(InternalApi.MODULE_VERSIONS, registry.offer("many", "1.0." + i, slug));
      }

      Eventually.until(
          "all versions are served",
          () ->
              registry.get(MODULES + "many/aws/versions").json().at("/modules/0/versions").size()
                  == 200);
    }
  }

  @Nested
  class Who_asks {
    @ParameterizedTest
    @ValueSource(strings = {"network/aws/versions", "network/aws/1.9.0/download", "network/aws"})
    void needs_a_token(String path) {
      RegistryFixture.Answer answer = registry.get(MODULES + path, "");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.json().path("errors").path(0).isTextual()).isTrue();
    }

    @Test
    void with_a_token_that_is_none_is_not_let_in() {
      assertThat(registry.get(MODULES + "network/aws/versions", "nobody").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
      "acme/network/aws/versions, stranger.atlasv1.secret",
      "acme/network/aws/versionss/download, reader.atlasv1.secret",
      "other/network/aws/versions, reader.atlasv1.secret",
      "acme/none/aws/versions, reader.atlasv1.secret",
      "acme/none/aws/download, reader.atlasv1.secret",
      "acme/network/aws/3.0.0/download, reader.atlasv1.secret",
      "acme/network/aws/1.9.0/nothing/here, reader.atlasv1.secret",
    })
    void for_what_may_not_be_seen_or_is_not_there_finds_nothing(String path, String token) {
      RegistryFixture.Answer answer = registry.get("/api/registry/v1/modules/" + path, token);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.json().path("errors").path(0).isTextual()).isTrue();
    }

    @Test
    void finds_what_an_organization_has_published_under_the_name_that_it_has_now() {
      OrganizationId another = new OrganizationId("org-another");
      registry.neighbours.organizations.putAll(
          Map.of("renamed", Neighbours.ACME, "successor", another));

      RegistryFixture.Answer renamed =
          registry.get("/api/registry/v1/modules/renamed/network/aws/versions", Neighbours.READER);
      RegistryFixture.Answer successor =
          registry.get(
              "/api/registry/v1/modules/successor/network/aws/versions", Neighbours.READER);

      assertThat(renamed.status()).isEqualTo(200);
      assertThat(renamed.json().at("/modules/0/source").asText()).isEqualTo("renamed/network/aws");
      assertThat(successor.status()).isEqualTo(404);
    }

    @Test
    void is_looked_up_once_for_several_calls() {
      registry.neighbours.reader.set("another.atlasv1.secret");
      int before = registry.neighbours.questions.get();
      for (int i = 0; i < 5; i++) {
        assertThat(
                registry.get(MODULES + "network/aws/versions", "another.atlasv1.secret").status())
            .isEqualTo(200);
      }
      registry.neighbours.reader.set(Neighbours.READER);

      assertThat(registry.neighbours.questions.get() - before).isEqualTo(1);
    }
  }

  @Nested
  class A_slug_that_is_no_module {
    @Test
    void without_configuration_in_its_root_fails_with_the_reason() {
      ModuleExtracted word = publish(new ASlug().file("modules/a/main.tf", "locals {}\n").packed());

      assertThat(word.status()).isEqualTo(ExtractionStatus.FAILED);
      assertThat(word.error())
          .isEqualTo("There is no .tf file in the root of the archive, so it is no module.");
    }

    @Test
    void that_is_no_archive_fails_with_the_reason() {
      assertThat(publish("<html>".getBytes(UTF_8)).error())
          .isEqualTo("The archive is no whole tar archive in gzip: Not in GZIP format");
    }

    @Test
    void with_a_mistake_in_it_fails_with_file_line_and_what() {
      assertThat(
              publish(
                      new ASlug()
                          .file("main.tf", "variable \"a\" {}\n")
                          .file("modules/x/main.tf", "variable \"b\" {\n  type = \n}\n")
                          .packed())
                  .error())
          .isEqualTo("modules/x/main.tf:2: an expression is needed, not the end of the line");
    }

    @Test
    void is_not_served() {
      ModuleVersionOffer offer = registry.offer("hopeless", "1.0.0", new byte[0]);

      registry.publish(offer);

      assertThat(registry.get(MODULES + "hopeless/aws/versions").status()).isEqualTo(404);
      JsonNode metadata =
          registry
              .internal("GET", InternalApi.MODULE_VERSION, offer.moduleVersionId().value())
              .json();
      assertThat(metadata.path("status").asText()).isEqualTo("failed");
      assertThat(metadata.path("error").asText()).isNotEmpty();
    }
  }
}
