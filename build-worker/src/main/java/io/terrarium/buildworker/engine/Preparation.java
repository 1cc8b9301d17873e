package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.sandbox.Confinement;
import io.terrarium.buildworker.sandbox.Patience;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.slug.Slug;
import io.terrarium.buildworker.slug.SlugLimits;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.internal.BuildSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lays out what the build's program needs before it starts.
final class Preparation {
  private static final String BACKEND_OVERRIDE = "zzz_terrarium_backend_override.tf";

  private final EngineConfig config;
  private final TerraformBinaries binaries;
  private final Supervisor supervisor;
  private final Clock clock;

  /// @param parallelism options that tell terraform how much to do at once
  record Prepared(
      Workplace workplace, BuildProgram program, List<String> parallelism, StateFile state) {}

  Preparation(EngineConfig config, TerraformBinaries binaries, Supervisor supervisor, Clock clock) {
    this.config = config;
    this.binaries = binaries;
    this.supervisor = supervisor;
    this.clock = clock;
  }

  /// @param memoryMegabytes as the command says, 0 for what the worker's settings say
  Prepared prepare(BuildSpecification build, int memoryMegabytes, Desk desk, Reins reins)
      throws InterruptedException {
    RunDirectory directory = desk.directory();
    BuildLog log = desk.log();
    BuildProgram program = BuildProgram.of(build, binaries, desk, clock);
    program.headLines().forEach(log::line);
    BuildEnvironment environment = new BuildEnvironment(config, build);
    environment.warnings().forEach(log::line);
    try (InputStream slug = desk.objects().open(build.objects().configuration(), "configuration")) {
      Slug.unpack(slug, directory.configuration(), SlugLimits.ORDINARY);
      Path working = directory.working(build.workingDirectory());
      StateFile state = layOut(build, working);
      Path cliConfiguration = directory.file("terraform.tfrc");
      CliConfiguration.write(cliConfiguration, config, build.runToken());
      Workplace.Place place =
          new Workplace.Place(
              directory,
              working,
              program,
              environment.of(directory, cliConfiguration),
              view(directory, program.executable()),
              build.phase() == Phase.PLAN ? Patience.PLAN : Patience.APPLY,
              memoryMegabytes > 0 ? memoryMegabytes : config.memoryMegabytes());
      return new Prepared(
          new Workplace(place, supervisor, reins, log, clock),
          program,
          Parallelism.options(build, config.parallelism(), log),
          state);
    } catch (IOException e) {
      throw new BuildFault("The configuration could not be laid out: " + e.getMessage(), e);
    }
  }

  private static StateFile layOut(BuildSpecification build, Path working) throws IOException {
    Files.deleteIfExists(working.resolve("terraform.tfvars"));
    Path override = working.resolve(BACKEND_OVERRIDE);
    Files.deleteIfExists(override);
    Files.writeString(
        override,
        """
        terraform {
          backend "local" {}
        }
        """);
    StateFile state = new StateFile(working, build.workspaceName());
    state.makeDirectory();
    return state;
  }

  /// What is not there cannot be shown, and would keep the build from starting.
  private Confinement.View view(RunDirectory directory, Path executable) throws IOException {
    List<Path> writable = new ArrayList<>(List.of(directory.root(), directory.temporary()));
    if (config.pluginCache().isPresent()) {
      writable.add(Files.createDirectories(config.pluginCache().get()));
    }
    Stream<Path> certificates =
        Stream.of("SSL_CERT_FILE", "SSL_CERT_DIR")
            .flatMap(name -> Stream.ofNullable(config.surroundings().get(name)))
            .map(Path::of)
            .filter(Path::isAbsolute);
    List<Path> readable =
        Stream.concat(
                Stream.concat(Stream.of(executable), config.providerMirror().stream()),
                certificates)
            .filter(Files::exists)
            .toList();
    return new Confinement.View(List.copyOf(writable), readable);
  }
}
