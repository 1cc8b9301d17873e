package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.testsupport.Eventually;
import java.util.ArrayList;
import java.util.List;

/// What both kinds of modules promise: each version that is brought is `ok`, is listed once, and
/// terraform installs it.
final class IngestedVersions {
  private final Site site;
  private final PatientClient client;
  private final String name;
  private final String path;
  private final List<String> versions = new ArrayList<>();

  IngestedVersions(Site site, String name) {
    this.site = site;
    this.client = new PatientClient(site);
    this.name = name;
    path =
        "/api/v2/organizations/%s/registry-modules/private/%s/%s/null"
            .formatted(FaultTrial.ORGANIZATION, FaultTrial.ORGANIZATION, name);
  }

  String path() {
    return path;
  }

  /// The number of the next one.
  String next() {
    String version = "1." + versions.size() + ".0";
    versions.add(version);
    return version;
  }

  /// The code of a version, which says which one it is.
  static String code(String version) {
    return "output \"said\" {\n  value = \"version " + version + "\"\n}\n";
  }

  /// Waits for all that are on their way.
  void awaitServed() {
    Eventually.until(
        () -> client.get(path).text(),
        () -> statuses().stream().filter("ok"::equals).count() >= versions.size());
    assertListedOnce();
  }

  private List<String> statuses() {
    List<String> statuses = new ArrayList<>();
    for (JsonNode version : client.get(path).attribute("version-statuses")) {
      statuses.add(version.path("status").asText());
    }
    return statuses;
  }

  void assertListedOnce() {
    List<String> managed = new ArrayList<>();
    for (JsonNode version : client.get(path).attribute("version-statuses")) {
      managed.add(version.path("version").asText());
    }
    assertThat(managed).as("versions that atlas manages").hasSameElementsAs(versions);
    assertThat(managed).doesNotHaveDuplicates();
    List<String> served = new ArrayList<>();
    String list =
        "/api/registry/v1/modules/%s/%s/null/versions".formatted(FaultTrial.ORGANIZATION, name);
    for (JsonNode version : client.get(list).json().at("/modules/0/versions")) {
      served.add(version.path("version").asText());
    }
    assertThat(served).as("versions that the registry serves").hasSameElementsAs(versions);
    assertThat(served).doesNotHaveDuplicates();
  }

  /// By the real terraform, which asks again while somebody is away.
  void assertInstallable(String version) {
    TerraformCli terraform =
        site.local(
            "consumer",
            """
            module "it" {
              source  = "%s/%s/%s/null"
              version = "%s"
            }
            output "said" {
              value = module.it.said
            }
            """
                .formatted(site.host(), FaultTrial.ORGANIZATION, name, version));
    Eventually.until(
        () -> version + " cannot be installed", () -> terraform.run("init").exit() == 0);
    terraform.succeeds("apply", "-auto-approve");
    assertThat(terraform.succeeds("output", "-raw", "said")).contains("version " + version);
  }
}
