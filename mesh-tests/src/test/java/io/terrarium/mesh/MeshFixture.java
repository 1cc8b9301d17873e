package io.terrarium.mesh;

import io.terrarium.terrarium.BootProgress;
import io.terrarium.terrarium.Mesh;
import io.terrarium.terrarium.MeshOptions;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.OnThePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A running mesh with an admin, for the tests of one class; each test makes an organization of its
/// own.
final class MeshFixture implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1/32";

  private final Mesh mesh;
  private final Site site;

  MeshFixture(Path directory, boolean separate) {
    this(directory, separate, terraform());
  }

  /// With another executable in the place of terraform.
  MeshFixture(Path directory, boolean separate, Path terraform) {
    this(directory, options(directory, separate, terraform, LOOPBACK));
  }

  /// With the lab's own Git server, the one place of this machine that the mesh may call.
  static MeshFixture withGit(Path directory, boolean separate) {
    return new MeshFixture(
        directory,
        options(directory, separate, terraform(), "")
            .with(new MeshOptions.Git(directory.resolve("git"), 0)));
  }

  /// The same, in which users may name addresses of this machine.
  static MeshFixture withGitAndReceivers(Path directory) {
    return new MeshFixture(
        directory,
        options(directory, false, terraform(), LOOPBACK)
            .with(new MeshOptions.Git(directory.resolve("git"), 0)));
  }

  /// The same, with its pages of exercises.
  static MeshFixture inLab(Path directory, boolean separate) {
    return new MeshFixture(
        directory,
        options(directory, separate, terraform(), "")
            .with(new MeshOptions.Git(directory.resolve("git"), 0))
            .inLab());
  }

  /// A mesh in which nobody has an account yet.
  static Mesh withoutAdmin(Path directory) {
    return Mesh.start(options(directory, false, terraform(), LOOPBACK), BootProgress.silent());
  }

  private static MeshOptions options(
      Path directory, boolean separate, Path terraform, String allowed) {
    return new MeshOptions(
        directory.resolve("data"),
        0,
        0,
        separate,
        Optional.empty(),
        List.of(terraform),
        providerMirror(),
        allowed);
  }

  private MeshFixture(Path directory, MeshOptions options) {
    mesh = Mesh.start(options, BootProgress.silent());
    try {
      site = Site.withFirstAdmin(directory, mesh.publicUrl(), mesh.httpUrl(), mesh.caBundle());
    } catch (RuntimeException | AssertionError e) {
      mesh.close();
      throw e;
    }
  }

  /// With a terraform that waits for `hold` in plans that want it.
  static MeshFixture holdingPlans(Path directory, boolean separate, Hold hold) {
    return new MeshFixture(directory, separate, Wrapper.around(terraform(), directory, hold));
  }

  /// Providers for tests that need one, by the variable that says where they are.
  static Optional<Path> providerMirror() {
    return Optional.ofNullable(System.getenv("TERRARIUM_TEST_PROVIDER_MIRROR")).map(Path::of);
  }

  static Path terraform() {
    return OnThePath.find("terraform");
  }

  Mesh mesh() {
    return mesh;
  }

  Site site() {
    return site;
  }

  /// Of the process that a service has just now.
  long pid(String service) {
    return Objects.requireNonNull(mesh.processes().get(service), service);
  }

  /// `kill -9` of a service; returns once its supervisor has put another process in its place.
  void kill(String service) {
    long pid = pid(service);
    Processes.kill(ProcessHandle.of(pid).orElseThrow());
    Eventually.until(() -> service + " is not started again", () -> pid(service) != pid);
  }

  @Override
  public void close() {
    mesh.close();
  }
}
