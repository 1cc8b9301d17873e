package io.terrarium.testservers;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process group of its own, under a shell that ends it with our end of its input:
/// also when this JVM is killed, nothing stays of the server or of its directory.
final class SupervisedProcess {
  private static final long STOP_SECONDS_MAX = 20;

  /// It waits for the server, whose log stays when it ends by itself; its second half waits for a
  /// word of ours, or for our end. It is in a session of its own, or an interrupt typed at the
  /// terminal would end it before the server.
  private static final String SUPERVISOR =
      """
      directory=$1 signal=$2
      shift 2
      exec 3<&0
      setsid "$@" </dev/null 3<&- &
      server=$!
      (
        read -r word <&3
        kill -0 "$server" 2>/dev/null || exit
        kill -s "$signal" -- "-$server" 2>/dev/null
        [ "$word" = keep ] && exit
        while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
        rm -rf "$directory"
      ) &
      wait "$server"
      """;

  private final Process shell;
  private final Path directory;

  private SupervisedProcess(Process shell, Path directory) {
    this.shell = shell;
    this.directory = directory;
  }

  /// @param directory goes with the server
  /// @param signal that ends it at once, with all of its children
  static SupervisedProcess start(
      Path directory, String signal, List<String> command, Map<String, String> environment) {
    List<String> line =
        new ArrayList<>(
            List.of("setsid", "sh", "-c", SUPERVISOR, "sh", directory.toString(), signal));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
    builder.environment().putAll(environment);
    try {
      return new SupervisedProcess(builder.start(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the server still runs.
  boolean isAlive() {
    return shell.isAlive();
  }

  /// All that the server has said so far.
  String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends the server; its directory stays.
  void endAndKeep() {
    end("keep\n");
  }

  /// Ends the server, and its directory with it.
  void end() {
    boolean isThere = isAlive();
    end("");
    if (!isThere) {
      return;
    }
    Eventually.until("the end of " + directory, () -> !Files.exists(directory));
  }

  private void end(String word) {
    try {
      if (!word.isEmpty()) {
        shell.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      }
      shell.getOutputStream().close();
      if (!shell.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server's supervisor is gone: " + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
