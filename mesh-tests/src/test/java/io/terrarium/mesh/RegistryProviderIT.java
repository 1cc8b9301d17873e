package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrarium.mesh.SignedProvider.Packed;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Providers that are published over the API, as `terraform init` finds them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryProviderIT {
  private static final String ORGANIZATION = "providers";
  private static final String PROVIDERS =
      "/api/v2/organizations/" + ORGANIZATION + "/registry-providers";

  @AutoClose private MeshFixture fixture;
  private Site site;
  private final SignedProvider publisher = new SignedProvider();
  private String keyId;

  @BeforeAll
  void start(@TempDir Path directory) {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
    keyId =
        post(
                "/api/registry/private/v2/gpg-keys",
                "gpg-keys",
                "{\"namespace\":\"%s\",\"ascii-armor\":%s}"
                    .formatted(
                        ORGANIZATION, JsonNodeFactory.instance.textNode(publisher.armoredKey())))
            .attribute("key-id")
            .asText();
  }

  private ApiClient.Answer post(String path, String type, String attributes) {
    ApiClient.Answer made =
        site.api()
            .post(
                path, "{\"data\":{\"type\":\"%s\",\"attributes\":%s}}".formatted(type, attributes));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  private void upload(ApiClient.Answer made, String link, byte[] bytes) {
    assertThat(site.api().put(made.data().at("/links/" + link).asText(), bytes)).isEqualTo(200);
  }

  private static String one(String name) {
    return PROVIDERS + "/private/" + ORGANIZATION + "/" + name;
  }

  private void provider(String name) {
    post(
        PROVIDERS,
        "registry-providers",
        "{\"name\":\"%s\",\"namespace\":\"%s\",\"registry-name\":\"private\"}"
            .formatted(name, ORGANIZATION));
  }

  private void publish(String name, String version) {
    publish(name, version, publisher::sign);
  }

  private void publish(String name, String version, UnaryOperator<byte[]> signer) {
    Packed packed = SignedProvider.pack(name, version);
    ApiClient.Answer made =
        post(
            one(name) + "/versions",
            "registry-provider-versions",
            "{\"version\":\"%s\",\"key-id\":\"%s\",\"protocols\":[\"5.0\"]}"
                .formatted(version, keyId));
    upload(made, "shasums-upload", packed.shasums());
    upload(made, "shasums-sig-upload", signer.apply(packed.shasums()));
    ApiClient.Answer platform =
        post(
            one(name) + "/versions/" + version + "/platforms",
            "registry-provider-platforms",
            "{\"os\":\"%s\",\"arch\":\"%s\",\"shasum\":\"%s\",\"filename\":\"%s\"}"
                .formatted(
                    SignedProvider.os(),
                    SignedProvider.arch(),
                    packed.shasum(),
                    packed.filename()));
    upload(platform, "provider-binary-upload", packed.zip());
  }

  private void awaitServed(String name, int versions) {
    String path = "/api/registry/v1/providers/" + ORGANIZATION + "/" + name + "/versions";
    Eventually.until(
        () -> site.api().get(path).text(), () -> served(site.api().get(path)) == versions);
  }

  private static int served(ApiClient.Answer answer) {
    JsonNode versions =
        answer.status() == 200
            ? answer.json().path("versions")
            : JsonNodeFactory.instance.arrayNode();
    return versions.size();
  }

  private TerraformCli consumer(String name, String constraint) {
    return site.local(
        "consumer",
        """
        terraform {
          required_providers {
            %s = {
              source  = "%s/%s/%s"
              version = "%s"
            }
          }
        }
        """
            .formatted(name, site.host(), ORGANIZATION, name, constraint));
  }

  @Test
  void terraform_installs_what_was_published_and_nothing_that_is_gone() {
    provider("widgets");
    publish("widgets", "1.0.0");
    publish("widgets", "1.1.0");
    awaitServed("widgets", 2);
    TerraformCli terraform = consumer("widgets", "~> 1.0");

    String said = terraform.succeeds("init");

    assertThat(said).contains("Installed").contains("v1.1.0").contains("self-signed");
    assertThat(
            Files.exists(
                terraform
                    .directory()
                    .resolve(
                        ".terraform/providers/%s/%s/widgets/1.1.0/%s_%s/terraform-provider-widgets_v1.1.0"
                            .formatted(
                                site.host(),
                                ORGANIZATION,
                                SignedProvider.os(),
                                SignedProvider.arch()))))
        .isTrue();
    assertThat(site.api().delete(one("widgets") + "/versions/1.1.0").status()).isEqualTo(204);
    awaitServed("widgets", 1);
    publish("widgets", "1.1.0");
    awaitServed("widgets", 2);
    assertThat(site.api().delete(one("widgets")).status()).isEqualTo(204);
    awaitServed("widgets", 0);
  }

  @Test
  void terraform_refuses_what_somebody_else_has_signed() {
    provider("forged");
    publish("forged", "1.0.0", new SignedProvider()::sign);
    awaitServed("forged", 1);

    TerraformCli.Result refused = consumer("forged", "1.0.0").run("init");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("authentication signature from unknown issuer");
  }

  @Test
  void terraform_refuses_what_was_signed_as_something_else() {
    provider("swapped");
    publish("swapped", "1.0.0", _ -> publisher.sign(new byte[] {1}));
    awaitServed("swapped", 1);

    TerraformCli.Result refused = consumer("swapped", "1.0.0").run("init");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output().replaceAll("\\s+", " ")).contains("error checking signature");
  }
}
