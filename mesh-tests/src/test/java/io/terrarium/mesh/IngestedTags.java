package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.GitRepository;

/// A module that is published from a repository: each tag is a version.
final class IngestedTags implements Ingested {
  private final GitLab git;
  private final GitRepository repository;
  private final ApiClient.Answer module;
  private final IngestedVersions versions;

  IngestedTags(Site site, GitLab git, String name) {
    this.git = git;
    this.versions = new IngestedVersions(site, name);
    String repositoryName = "terraform-null-" + name;
    repository = git.create(repositoryName);
    tag(versions.next());
    module =
        site.api()
            .post(
                "/api/v2/organizations/" + FaultTrial.ORGANIZATION + "/registry-modules/vcs",
                "{\"data\":{\"type\":\"registry-modules\",\"attributes\":{%s}}}"
                    .formatted(git.vcsRepo(repositoryName, "")));
    assertThat(module.status()).as(module.text()).isEqualTo(201);
    versions.awaitServed();
  }

  private String tag(String version) {
    String commit =
        repository
            .commit("main", "Version " + version)
            .file("main.tf", IngestedVersions.code(version))
            .done();
    repository.git("tag", "v" + version, commit);
    return commit;
  }

  /// Brings one, and waits for nothing but that it is taken.
  String push() {
    String version = versions.next();
    git.pushUntilTaken(module, "refs/tags/v" + version, "", tag(version));
    return version;
  }

  @Override
  public void once() {
    String version = push();
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
    // The repository is the lab's, and the module the organization's.
  }
}
