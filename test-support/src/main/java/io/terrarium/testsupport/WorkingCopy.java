package io.terrarium.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A directory in which a test works with the real `git`, as a person does.
public record WorkingCopy(Path directory) {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_AUTHOR_NAME", "Ada Lovelace",
          "GIT_AUTHOR_EMAIL", "ada@example.com",
          "GIT_COMMITTER_NAME", "Ada Lovelace",
          "GIT_COMMITTER_EMAIL", "ada@example.com");

  /// How a command has ended.
  public record Result(int exit, String output) {}

  /// A new one, on the branch `main`.
  public static WorkingCopy create(Path directory) {
    WorkingCopy copy = new WorkingCopy(directory);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copy.git("init", "-q", "-b", "main");
    return copy;
  }

  /// Runs `git`, which must succeed; what it has printed.
  public String git(String... arguments) {
    Result result = run(arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          "git " + String.join(" ", arguments) + " failed: " + result.output());
    }
    return result.output();
  }

  public Result run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(ENVIRONMENT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Commits one file as it is to be; the name of the commit.
  public String commit(String file, String contents) {
    write(file, contents.getBytes(StandardCharsets.UTF_8));
    git("add", "-A");
    git("commit", "-q", "-m", "Change " + file);
    return head();
  }

  public void write(String file, byte[] contents) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, contents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String head() {
    return git("rev-parse", "HEAD");
  }
}
