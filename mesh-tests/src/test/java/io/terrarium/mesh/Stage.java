package io.terrarium.mesh;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A mesh with a Git server, and a browser in which its admin is signed in. Test classes share
/// them, since to start them takes longer than what most of them do there.
final class Stage implements AutoCloseable {
  private final Path directory;
  private final MeshFixture fixture;
  private final Chromium chromium;
  private final Backstage backstage;
  private final Window signedIn;

  Stage() {
    directory = newDirectory();
    fixture = MeshFixture.withGitAndReceivers(directory);
    backstage = new Backstage(fixture.mesh().dataDirectory());
    chromium = new Chromium();
    signedIn = stranger();
    signedIn.signIn("admin", Site.PASSWORD);
    signedIn.showsHeading("Organizations");
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("terrarium-stage");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MeshFixture fixture() {
    return fixture;
  }

  Backstage backstage() {
    return backstage;
  }

  /// For what is pushed to the Git server.
  Path copies() {
    return directory.resolve("copies");
  }

  /// A window in which nobody is signed in.
  Window stranger() {
    return chromium.window(fixture.mesh().publicUrl());
  }

  /// A window in which the admin is signed in.
  Window admin() {
    return signedIn.another();
  }

  @Override
  public void close() {
    signedIn.close();
    chromium.close();
    backstage.close();
    fixture.close();
    PrivateFile.deleteTree(directory);
  }
}
