package io.terrarium.mesh;

import io.terrarium.mesh.agent.FaultAgent;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// The test's side of [FaultAgent]: it says where a process of the mesh is to die or to wait, and
/// learns which points a run passes.
final class Faults {
  private static final String PACKAGE = "io/terrarium/mesh/agent";

  private final Path directory;
  private final Path jar;
  private int last;

  /// @param directory of its own, for the agent and the files by which it is told
  Faults(Path directory) {
    try {
      this.directory = Files.createDirectories(directory.resolve("faults"));
      jar = directory.resolve("fault-agent.jar");
      pack(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A point that somebody was sent to.
  record Armed(Path directory, FaultPoint point, int id) {
    boolean hasFired() {
      return Files.exists(directory.resolve("fired-" + id));
    }

    /// The process that came to the point.
    long pid() {
      try {
        return Long.parseLong(Files.readString(directory.resolve("fired-" + id)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Lets who waits there go on.
    void release() {
      write(directory.resolve("go-" + id), "");
    }
  }

  /// For the mesh, so that its services carry the agent.
  Map<String, String> environment() {
    return Map.of("JDK_JAVA_OPTIONS", "-javaagent:" + jar + "=" + directory);
  }

  /// Whoever comes to `point` dies as by `kill -9`, once.
  Armed dieAt(FaultPoint point) {
    return arm(point, "die");
  }

  /// Whoever comes to `point` waits there until it is released, once.
  Armed waitAt(FaultPoint point) {
    return arm(point, "wait");
  }

  private Armed arm(FaultPoint point, String action) {
    int id = ++last;
    write(
        directory.resolve("arm"),
        String.join(
            "\n",
            Integer.toString(id),
            point.service(),
            point.place(),
            Integer.toString(point.time()),
            action));
    return new Armed(directory, point, id);
  }

  /// Nobody is to die or to wait from now on.
  void disarm() {
    try {
      Files.deleteIfExists(directory.resolve("arm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often each point is passed while `work` is done; the time of each is 0.
  Map<FaultPoint, Integer> passed(Runnable work) {
    Path record = directory.resolve("record");
    write(record, "");
    work.run();
    try {
      Files.delete(record);
      Map<FaultPoint, Integer> passed = new LinkedHashMap<>();
      for (Path file : recordings()) {
        for (String line : Files.readAllLines(file)) {
          String[] parts = line.split("\t", 2);
          passed.merge(new FaultPoint(parts[0], parts[1], 0), 1, Integer::sum);
        }
        Files.delete(file);
      }
      return passed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("recorded-"))
          .sorted()
          .toList();
    }
  }

  private static void write(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pack(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", FaultAgent.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> classes = Files.list(classes())) {
      for (Path type : classes.toList()) {
        out.putNextEntry(new JarEntry(PACKAGE + "/" + type.getFileName()));
        Files.copy(type, out);
      }
    }
  }

  private static Path classes() {
    try {
      return Path.of(FaultAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolve(PACKAGE);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until somebody has come to where he was sent.
  static void awaitFired(Armed armed) {
    Eventually.until(() -> "nobody came to " + armed.point(), armed::hasFired);
  }
}
