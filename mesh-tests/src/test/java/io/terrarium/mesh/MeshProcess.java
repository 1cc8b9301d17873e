package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The command line as a process of its own, as a person starts it.
final class MeshProcess implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;
  private static final Pattern ADDRESSES =
      Pattern.compile("address +(https://\\S+) +\\(plain: (http://\\S+)\\)");

  private final Path directory;
  private final Path output;
  private final Process process;

  private MeshProcess(Path directory, Path output, Process process) {
    this.directory = directory;
    this.output = output;
    this.process = process;
  }

  /// `terrarium` with these arguments.
  static MeshProcess of(Path directory, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dterrarium.unpacked=" + System.getProperty("terrarium.unpacked"),
                // Not the quiet one of the tests.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.terrarium.terrarium.Terrarium"));
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(directory);
      Path output = Files.createTempFile(directory, "terrarium", ".out");
      return new MeshProcess(
          directory,
          output,
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `terrarium up` on any free ports, with more arguments.
  static MeshProcess up(Path directory, String... more) {
    return of(directory, arguments(directory, "up", more));
  }

  static String[] arguments(Path directory, String command, String... more) {
    return Stream.concat(
            Stream.of(
                command,
                "--data",
                directory.resolve("data").toString(),
                "--https-port",
                "0",
                "--http-port",
                "0"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /// Waits until the mesh is up.
  MeshProcess awaitUp() {
    Eventually.until(
        () -> !process.isAlive() || output().contains("Ctrl-C stops it"),
        () -> "the mesh is not up:\n" + output());
    if (!process.isAlive()) {
      throw new AssertionError("the mesh ended:\n" + output());
    }
    return this;
  }

  /// The mesh with the first admin that it now gets.
  Site firstSite() {
    return Site.withFirstAdmin(directory, address(1), address(2), caBundle());
  }

  /// The same mesh for the same people, after another start.
  Site site(Site before) {
    return new Site(
        directory, address(1).getRawAuthority(), address(2), caBundle(), before.token());
  }

  private Path caBundle() {
    return directory.resolve("data").resolve("tls").resolve("ca-bundle.pem");
  }

  private URI address(int group) {
    Matcher matcher = ADDRESSES.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no addresses in:\n" + output());
    }
    return URI.create(matcher.group(group));
  }

  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// This process and all that it has started.
  List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /// `kill -9` of all of them.
  void killAll() {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroyForcibly);
    tree.forEach(one -> one.onExit().join());
  }

  /// Ctrl-C, or SIGTERM.
  MeshProcess signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Its exit code.
  int await() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    killAll();
  }
}
