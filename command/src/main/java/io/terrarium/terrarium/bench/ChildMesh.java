package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import io.terrarium.terrarium.Terrarium;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `terrarium up` in a process of its own, started by the Java and the options of this one.
final class ChildMesh implements AutoCloseable {
  private static final Pattern PLAIN_ADDRESS = Pattern.compile("\\(plain: (http://[^)]+)\\)");
  private static final Pattern SECURE_ADDRESS = Pattern.compile("address +(https://\\S+)");
  private static final Pattern AUTHORITY = Pattern.compile("(?m)^ *CA +(.+)$");
  private static final String LAST_WORDS = "Ctrl-C stops it";

  private final Process process;
  private final Path data;
  private final StringBuilder output = new StringBuilder();
  private final CompletableFuture<Double> up = new CompletableFuture<>();
  private final long begin = System.nanoTime();

  private ChildMesh(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /// Returns when the mesh is up.
  ///
  /// @param more options of `up`
  static ChildMesh start(Workbench bench, Path data, Path terraform, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Terrarium.class.getName()));
    command.addAll(List.of("up", "--data", data.toString(), "--https-port", "0"));
    command.addAll(List.of("--http-port", "0", "--terraform", terraform.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(ChildMesh::isSetting);
    ChildMesh mesh = new ChildMesh(bench.start(builder), data);
    Thread.ofPlatform().daemon().name("mesh-output").start(mesh::listen);
    try {
      mesh.up.join();
      return mesh;
    } catch (CompletionException e) {
      throw new MeshFault("the mesh does not start:\n" + mesh.said(), e);
    }
  }

  private static boolean isSetting(String name) {
    return name.startsWith("TERRARIUM_") || name.startsWith("TFE_") || name.startsWith("OTEL_");
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        synchronized (output) {
          output.append(line).append('\n');
        }
        if (line.contains(LAST_WORDS)) {
          up.complete((now - begin) / 1e6);
        }
      }
      up.completeExceptionally(new MeshFault("it ended"));
    } catch (IOException e) {
      up.completeExceptionally(e);
    }
  }

  private String said() {
    synchronized (output) {
      return output.toString().strip();
    }
  }

  /// From the start of its process until it had said that it was up.
  double bootMillis() {
    return up.join();
  }

  Path data() {
    return data;
  }

  /// Where it answers without TLS.
  URI address() {
    return URI.create(said(PLAIN_ADDRESS));
  }

  /// Where browsers find it.
  URI secureAddress() {
    return URI.create(said(SECURE_ADDRESS));
  }

  /// The CA that browsers have to trust.
  Path authority() {
    return Path.of(said(AUTHORITY));
  }

  private String said(Pattern what) {
    Matcher found = what.matcher(said());
    if (!found.find()) {
      throw new MeshFault("the mesh does not say where it is:\n" + said());
    }
    return found.group(1);
  }

  List<ProcessHandle> processes() {
    return MeshProcesses.of(data);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
