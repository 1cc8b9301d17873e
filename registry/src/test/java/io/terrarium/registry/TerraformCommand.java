package io.terrarium.registry;

import io.terrarium.testsupport.OnThePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The real `terraform` in a directory, with a home and settings of its own.
public final class TerraformCommand {
  private final Path directory;
  private final Map<String, String> environment;

  /// @param environment besides that of this process
  public TerraformCommand(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /// How it ended, and all that it said.
  public record Ended(int exit, String output) {}

  public TerraformCommand write(String file, String text) {
    try {
      Files.createDirectories(directory.resolve(file).getParent());
      Files.writeString(directory.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Ended run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(OnThePath.find("terraform").toString()));
    command.addAll(List.of(arguments));
    Path configuration = directory.resolve("terraform.rc");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
    builder.environment().put("TF_CLI_CONFIG_FILE", configuration.toString());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(environment);
    try {
      if (!Files.exists(configuration)) {
        Files.writeString(configuration, "");
      }
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
