package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Terraform without a mesh, in a directory and with a state of its own.
final class BareTerraform {
  private final Workbench bench;
  private final Path terraform;
  private final Path directory;
  private final Path cliConfiguration;

  BareTerraform(Workbench bench, Path terraform, String name, Configuration configuration) {
    this.bench = bench;
    this.terraform = terraform;
    directory = bench.directory(name);
    cliConfiguration = directory.resolve("terraform.rc");
    configuration.writeTo(directory);
    try {
      Files.writeString(cliConfiguration, "");
    } catch (IOException e) {
      throw new MeshFault(cliConfiguration + " cannot be written: " + e.getMessage(), e);
    }
  }

  void plan() {
    run("init", "-input=false", "-no-color");
    run("plan", "-input=false", "-no-color", "-out=plan.tfplan");
  }

  void apply() {
    run("apply", "-input=false", "-no-color", "plan.tfplan");
  }

  private void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(terraform.toString()));
    command.addAll(List.of(arguments));
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
    builder.environment().put("TF_CLI_CONFIG_FILE", cliConfiguration.toString());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    int exit = bench.start(builder).onExit().join().exitValue();
    if (exit != 0) {
      throw new MeshFault("terraform " + arguments[0] + " failed:\n" + read(log));
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "its output cannot be read";
    }
  }
}
