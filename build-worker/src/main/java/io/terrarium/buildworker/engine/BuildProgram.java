package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.scripted.Stage;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.buildworker.terraform.TerraformBinary;
import io.terrarium.contracts.build.ScriptedEngine;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.TerraformOffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// The program whose sub-commands make up a build, as the workspace's version chooses it.
sealed interface BuildProgram {
  /// The first lines of the log.
  List<String> headLines();

  String version();

  /// Its name in messages.
  String name();

  Path executable();

  /// Configuration and state are in place now.
  ///
  /// @throws BuildFault when it cannot work with them
  void ready(Path working, StateFile state);

  /// Terraform itself.
  record Terraform(TerraformBinary binary) implements BuildProgram {
    @Override
    public List<String> headLines() {
      return List.of("Terraform v" + version(), "on " + binary.platform());
    }

    @Override
    public String version() {
      return binary.version().toString();
    }

    @Override
    public String name() {
      return "terraform";
    }

    @Override
    public Path executable() {
      return binary.path();
    }

    @Override
    public void ready(Path working, StateFile state) {
      // It reads them by itself.
    }
  }

  /// The scripted engine in its place.
  record Scripted(String version, Stage stage) implements BuildProgram {
    @Override
    public List<String> headLines() {
      return List.of("Scripted engine v" + version, "in the place of Terraform");
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Path executable() {
      return stage.program();
    }

    @Override
    public void ready(Path working, StateFile state) {
      try {
        stage.set(working, state.path());
      } catch (IOException e) {
        throw new BuildFault("The script cannot be laid out: " + e.getMessage(), e);
      }
    }
  }

  /// The one that `build` asks for.
  static BuildProgram of(
      BuildSpecification build, TerraformBinaries binaries, Desk desk, Clock clock)
      throws InterruptedException {
    if (!ScriptedEngine.isChosenBy(build.terraformVersion())) {
      TerraformOffer offer = build.terraformOffer();
      return new Terraform(
          binaries.choose(
              build.terraformVersion(),
              offer == null ? TerraformOffer.NONE : offer,
              desk.log()::line));
    }
    try {
      Stage stage = Stage.make(desk.directory().file("scripted"), build, clock);
      return new Scripted(build.terraformVersion(), stage);
    } catch (IOException e) {
      throw new BuildFault("The scripted engine cannot be laid out: " + e.getMessage(), e);
    }
  }
}
