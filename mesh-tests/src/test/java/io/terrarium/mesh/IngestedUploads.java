package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;

/// A module without a repository: its versions are made and uploaded by the API.
final class IngestedUploads implements Ingested {
  private static final int CREATED = 201;
  private static final int TAKEN = 422;

  private final Site site;
  private final PatientClient client;
  private final IngestedVersions versions;

  IngestedUploads(Site site, String name) {
    this.site = site;
    this.client = new PatientClient(site);
    this.versions = new IngestedVersions(site, name);
    ApiClient.Answer module =
        site.api()
            .post(
                "/api/v2/organizations/" + FaultTrial.ORGANIZATION + "/registry-modules",
                """
                {"data":{"type":"registry-modules","attributes":{"name":"%s","provider":"null",
                  "registry-name":"private"}}}
                """
                    .formatted(name));
    assertThat(module.status()).as(module.text()).isEqualTo(CREATED);
    once();
  }

  /// Brings one, and waits for nothing but that it is taken.
  String upload() {
    String version = versions.next();
    Eventually.until(
        () -> version + " cannot be made",
        // Where no answer came, the number is taken by ourselves.
        () -> {
          int status = PatientClient.statusOf(() -> create(version));
          return status == CREATED || status == TAKEN;
        });
    byte[] slug = Slugs.of("main.tf", IngestedVersions.code(version));
    Eventually.until(
        () -> version + " cannot be uploaded",
        () -> {
          String place = document(version).data().at("/links/upload").asText();
          // Without a place for it, it has come already, though the answer was lost.
          return place.isEmpty()
              || PatientClient.statusOf(() -> site.api().putAnswer(place, slug)) == 200;
        });
    return version;
  }

  private ApiClient.Answer create(String version) {
    return site.api()
        .post(
            versions.path() + "/versions",
            "{\"data\":{\"type\":\"registry-module-versions\",\"attributes\":{\"version\":\""
                + version
                + "\"}}}");
  }

  private ApiClient.Answer document(String version) {
    return client.get(versions.path() + "/version?module_version=" + version);
  }

  @Override
  public void once() {
    String version = upload();
    versions.awaitServed();
    versions.assertInstallable(version);
  }

  void assertSettled() {
    versions.awaitServed();
  }

  @Override
  public void assertNothingTwice() {
    versions.assertListedOnce();
  }

  @Override
  public void close() {
    // The module is the organization's.
  }
}
