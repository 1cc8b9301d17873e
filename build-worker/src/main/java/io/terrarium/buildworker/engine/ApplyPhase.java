package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.result.AppliedChanges;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.internal.BuildSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// `terraform apply` of a stored plan, with the state brought to archivist as it grows.
final class ApplyPhase {
  private static final String LOCK_FILE = ".terraform.lock.hcl";

  private final BuildSpecification build;
  private final Workplace workplace;
  private final ObjectTransfer objects;
  private final StateFile state;

  ApplyPhase(
      BuildSpecification build, Workplace workplace, ObjectTransfer objects, StateFile state) {
    this.build = build;
    this.workplace = workplace;
    this.objects = objects;
    this.state = state;
  }

  /// Fetches the plan, and has init choose the very providers that it was made with.
  static Path preparePlan(BuildSpecification build, Workplace workplace, ObjectTransfer objects)
      throws InterruptedException {
    Path planFile = workplace.directory().file("plan.tfplan");
    objects.download(build.objects().plan(), planFile, "plan");
    try (ZipFile plan = new ZipFile(planFile.toFile())) {
      ZipEntry lock = plan.getEntry(LOCK_FILE);
      if (lock != null) {
        try (InputStream in = plan.getInputStream(lock)) {
          Files.copy(
              in, workplace.working().resolve(LOCK_FILE), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new BuildFault("The stored plan is not one of terraform's.", e);
    }
    return planFile;
  }

  /// @param more options of terraform's, for its variables among others
  Changes run(Path planFile, List<String> more) throws InterruptedException {
    String upload = build.objects().stateUpload();
    if (upload == null) {
      throw new BuildFault("The apply has no place for its state.");
    }
    try {
      state.remember();
    } catch (IOException e) {
      throw new BuildFault("The state cannot be read.", e);
    }
    ErroredState errored = new ErroredState(build, workplace, objects);
    AppliedChanges changes = new AppliedChanges(build.structuredLog());
    StateWatch watch =
        new StateWatch(
            state, objects, upload, workplace.directory().file("state-upload.json"), errored);
    try {
      workplace.runLive(arguments(planFile, more), changes::accept);
    } catch (BuildFault failed) {
      errored.keepWhatTerraformLeft();
      throw failed;
    } finally {
      watch.end();
    }
    return changes.changes();
  }

  private List<String> arguments(Path planFile, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("apply", "-input=false", "-auto-approve"));
    if (build.structuredLog()) {
      arguments.add("-json");
    }
    arguments.addAll(more);
    arguments.add(planFile.toString());
    return List.copyOf(arguments);
  }
}
