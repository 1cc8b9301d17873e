package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.internal.BuildSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state of an apply that does not become its workspace's: terraform could not write it, or
/// nobody took it, since the claim is lost or atlas does not answer. Archivist keeps it for a
/// person.
final class ErroredState {
  private static final Logger log = LoggerFactory.getLogger(ErroredState.class);

  /// Terraform's own name for it, in its working directory.
  private static final String FILE = "errored.tfstate";

  private final BuildSpecification build;
  private final Workplace workplace;
  private final ObjectTransfer objects;
  private final Path left;
  private boolean isKept;

  /// Begins without one; that of the configuration's author is of another apply.
  ErroredState(BuildSpecification build, Workplace workplace, ObjectTransfer objects) {
    this.build = build;
    this.workplace = workplace;
    this.objects = objects;
    left = workplace.working().resolve(FILE);
    try {
      Files.deleteIfExists(left);
    } catch (IOException e) {
      throw new BuildFault("The file " + FILE + " of the configuration is in the way.", e);
    }
  }

  /// After an apply that has failed; it is newer than what terraform has written in its place.
  void keepWhatTerraformLeft() throws InterruptedException {
    if (RunDirectory.isPlain(left)) {
      keep(left);
    }
  }

  /// Keeps the first that comes, and tells the log where it is. That it cannot be kept either is no
  /// fault of its own: the reason why it should be is one.
  void keep(Path state) throws InterruptedException {
    @Nullable String upload = build.objects().erroredState();
    if (upload == null || isKept || !Files.exists(state)) {
      return;
    }
    try {
      objects.upload(upload, state, "errored state");
      isKept = true;
    } catch (BuildFault lost) {
      log.atError()
          .setCause(lost)
          .addKeyValue("phase_id", build.phaseId())
          .log("the state of an apply is lost");
      return;
    }
    tell();
  }

  private void tell() {
    try {
      workplace.log().line("");
      workplace
          .log()
          .line(
              "The state could not be saved as the workspace's. It is kept with the apply:"
                  + " GET /api/v2/applies/"
                  + build.phaseId()
                  + "/errored-state");
    } catch (UncheckedIOException full) {
      // The fault that led here is what a person should see.
      log.atWarn().setCause(full).log("a build's log cannot be written");
    }
  }
}
