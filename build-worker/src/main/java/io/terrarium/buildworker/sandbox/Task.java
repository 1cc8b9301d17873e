package io.terrarium.buildworker.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command of a build.
///
/// @param environment all of it
/// @param output what takes stdout
/// @param memoryMegabytes 0 for no limit
public record Task(
    List<String> command,
    Path directory,
    Map<String, String> environment,
    Output output,
    Confinement.View view,
    Patience patience,
    int memoryMegabytes) {

  /// Where output goes.
  public sealed interface Output {}

  /// Both streams, as they come.
  public record Live(LineSink sink) implements Output {}

  /// To files, for later.
  public record ToFiles(Path standard, Path error) implements Output {}

  /// Takes raw output in pieces.
  @FunctionalInterface
  public interface LineSink {
    void accept(byte[] bytes, int length);
  }
}
