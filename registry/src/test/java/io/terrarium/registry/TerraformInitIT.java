package io.terrarium.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ProviderVersionOffer;
import io.terrarium.kernel.runtime.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `terraform init`, over TLS and by discovery.
class TerraformInitIT {
  @TempDir private static Path directory;
  private static RegistryFixture registry;
  private static Service worker;
  private static ProviderPackage provider;

  @TempDir private Path work;
  private TerraformCommand terraform;

  @BeforeAll
  static void start() {
    registry = new RegistryFixture(directory);
    worker = registry.startWorker();
    for (String version : List.of("1.0.0", "1.4.2", "2.0.0")) {
      registry.publish(registry.offer("network", version, network(version)));
    }
    provider = new ProviderPackage(directory.resolve("provider"), "widgets", "1.2.0");
  }

  @AfterAll
  static void stop() {
    worker.close();
    registry.close();
  }

  private static byte[] network(String version) {
    return new ASlug()
        .file("main.tf", "output \"version\" { value = \"" + version + "\" }\n")
        .file("modules/subnets/main.tf", "output \"of\" { value = \"" + version + "\" }\n")
        .packed();
  }

  @BeforeEach
  void client() {
    terraform =
        new TerraformCommand(work, Map.of("SSL_CERT_FILE", registry.caBundle().toString()))
            .write("terraform.rc", credentials(Neighbours.READER));
  }

  private static String credentials(String token) {
    return "credentials \"%s\" {\n  token = \"%s\"\n}\n".formatted(registry.host(), token);
  }

  private TerraformCommand module(String path, String constraint) {
    return terraform.write(
        "main.tf",
        """
        module "it" {
          source  = "%s/acme/network/aws%s"
          version = "%s"
        }
        """
            .formatted(registry.host(), path, constraint));
  }

  private String installed(String file) throws IOException {
    return Files.readString(work.resolve(".terraform/modules/it").resolve(file));
  }

  @Nested
  class A_module {
    @Test
    void is_installed_in_the_newest_version_that_fits() throws IOException {
      module("", "~> 1.2");

      TerraformCommand.Ended ended = terraform.run("init", "-no-color", "-input=false");

      assertThat(ended.output()).contains("Terraform has been successfully initialized");
      assertThat(installed("main.tf")).contains("1.4.2");
    }

    @Test
    void is_installed_with_a_module_below_it() throws IOException {
      module("//modules/subnets", "1.0.0");

      TerraformCommand.Ended ended = terraform.run("init", "-no-color", "-input=false");

      assertThat(ended.output()).contains("Terraform has been successfully initialized");
      assertThat(installed("modules/subnets/main.tf")).contains("1.0.0");
    }

    @Test
    void is_installed_as_a_build_does_it_by_the_internal_listener() throws IOException {
      module("", "2.0.0")
          .write(
              "terraform.rc",
              """
              host "%1$s" {
                services = {
                  "modules.v1" = "%2$s/api/registry/v1/modules/"
                }
              }
              """
                      .formatted(registry.host(), registry.internalUri())
                  + credentials(Neighbours.READER));

      TerraformCommand.Ended ended = terraform.run("init", "-no-color", "-input=false");

      assertThat(ended.output()).contains("Terraform has been successfully initialized");
      assertThat(installed("main.tf")).contains("2.0.0");
    }

    @Test
    void is_not_there_for_who_may_not_see_it() {
      module("", "~> 1.2").write("terraform.rc", credentials(Neighbours.STRANGER));

      TerraformCommand.Ended ended = terraform.run("init", "-no-color", "-input=false");

      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.output()).contains("Module not found");
    }
  }

  @Nested
  class A_provider {
    private ProviderVersionOffer offer(String type, boolean isSigned) {
      Map<String, byte[]> objects = provider.objects();
      objects.forEach((name, bytes) -> registry.neighbours.objects.put(type + name, bytes));
      return new ProviderVersionOffer(
          ProviderVersionOffer.VERSION,
          new ProviderVersionId("provver-" + type),
          Neighbours.ACME,
          type,
          "1.2.0",
          List.of("5.0"),
          List.of(provider.key()),
          type + ProviderPackage.SHASUMS,
          isSigned ? type + ProviderPackage.SIGNATURE : null,
          List.of(
              new ProviderVersionOffer.Platform(
                  provider.os(),
                  provider.arch(),
                  provider.filename(),
                  provider.shasum(),
                  type + ProviderPackage.ZIP)));
    }

    private TerraformCommand.Ended init(String type) {
      terraform.write(
          "main.tf",
          """
          terraform {
            required_providers {
              it = {
                source  = "%s/acme/%s"
                version = "~> 1.0"
              }
            }
          }
          """
              .formatted(registry.host(), type));
      return terraform.run("init", "-no-color", "-input=false");
    }

    @Test
    void is_installed_once_its_signature_is_verified() {
      registry.post(InternalApi.PROVIDER_VERSIONS, offer("widgets", true));

      TerraformCommand.Ended ended = init("widgets");

      assertThat(ended.output())
          .contains("/acme/widgets v1.2.0 (self-signed, key ID " + provider.key().keyId() + ")")
          .contains("Terraform has been successfully initialized");
    }

    @Test
    void is_refused_by_terraform_when_its_sums_are_not_those_that_were_signed() {
      ProviderVersionOffer offer = offer("forged", true);
      registry.neighbours.objects.put("forged" + ProviderPackage.SHASUMS, provider.forgedSums());

      registry.post(InternalApi.PROVIDER_VERSIONS, offer);

      assertThat(init("forged").output()).containsIgnoringCase("signature");
    }

    @Test
    void is_not_served_before_all_of_it_is_there() {
      registry.post(InternalApi.PROVIDER_VERSIONS, offer("partial", false));

      assertThat(registry.get("/api/registry/v1/providers/acme/partial/versions").status())
          .isEqualTo(404);
      registry.post(InternalApi.PROVIDER_VERSIONS, offer("partial", true));
      assertThat(
              registry
                  .get("/api/registry/v1/providers/acme/partial/versions")
                  .json()
                  .at("/versions/0/platforms/0/os")
                  .asText())
          .isEqualTo(provider.os());
    }

    @Test
    void is_gone_once_atlas_has_deleted_it() {
      registry.post(InternalApi.PROVIDER_VERSIONS, offer("gone", true));

      registry.internal("DELETE", InternalApi.PROVIDER_VERSION, "provver-gone");

      assertThat(registry.get("/api/registry/v1/providers/acme/gone/versions").status())
          .isEqualTo(404);
    }
  }
}
