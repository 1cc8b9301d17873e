package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.embedded.EmbeddedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process of its own for each service, the broker and the S3 server. One that dies is started
/// again after a pause. They hold a pipe from this process and end with it, however it ends.
/// Secrets reach them as files.
final class SeparateServices implements ServiceLauncher {
  private static final Logger log = LoggerFactory.getLogger(SeparateServices.class);
  private static final int HEALTH_TRIES = 240;
  private static final long HEALTH_MILLIS = 250;
  private static final long RESTART_MILLIS = 500;
  private static final long STOP_SECONDS = 10;

  private final Map<String, String> environment;
  private final DataDirectory data;
  private final BootProgress progress;
  private final Map<Child, Process> processes = new LinkedHashMap<>();
  private final Deque<Child> order = new ArrayDeque<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  // Children are tied to the thread that starts them, so it must live as long as they do.
  private final ExecutorService starter = Executors.newSingleThreadExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  SeparateServices(Map<String, String> environment, DataDirectory data, BootProgress progress) {
    this.environment = withSecretsAsFiles(environment, data);
    this.data = data;
    this.progress = progress;
  }

  /// A program with a process of its own.
  private record Child(String name, String mainClass) {}

  @Override
  public void startBacking() {
    URI objects = URI.create(environment.get("TFE_OBJECT_STORAGE_S3_ENDPOINT"));
    int broker = Integer.parseInt(environment.get("TERRARIUM_RABBITMQ_PORT"));
    Boot boot = new Boot(progress);
    boot.inParallel(
        List.of(
            boot.step("broker", () -> startBacking("broker", EmbeddedBroker.class, broker)),
            boot.step("s3", () -> startBacking("s3", EmbeddedS3.class, objects.getPort()))));
  }

  private void startBacking(String name, Class<?> main, int port) {
    Child child = new Child(name, main.getName());
    spawn(child);
    awaitAnswer(child, () -> isListening(port));
  }

  @Override
  public void start(ServiceProgram service) {
    Child child = new Child(service.wire(), service.mainClass());
    spawn(child);
    URI health = URI.create(environment.get(service.listenKey() + "_URL") + "/_health");
    awaitAnswer(child, () -> isHealthy(health));
  }

  @Override
  public Map<String, Long> processes() {
    Map<String, Long> pids = new LinkedHashMap<>();
    synchronized (processes) {
      processes.forEach((child, process) -> pids.put(child.name(), process.pid()));
    }
    return pids;
  }

  private void spawn(Child child) {
    try {
      Process process = starter.submit(() -> launch(child)).get();
      synchronized (processes) {
        if (processes.put(child, process) == null) {
          order.push(child);
        }
      }
      Thread.ofVirtual()
          .name("supervise-" + child.name())
          .start(() -> restart(child, process.onExit().join()));
    } catch (Exception e) {
      throw new MeshFault(child.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private Process launch(Child child) throws IOException {
    Path log = data.directory("log").resolve(child.name() + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m",
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    // Made by the first build of `./terrarium`, of the same classes.
    String cache = System.getProperty("terrarium.aot-cache");
    if (cache != null) {
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), child.mainClass()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("TERRARIUM_ENDS_WITH_STDIN", "1");
    return builder.start();
  }

  private void restart(Child child, Process ended) {
    try {
      if (closed.await(RESTART_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    log.atWarn()
        .addKeyValue("service", child.name())
        .addKeyValue("exit", ended.exitValue())
        .log("service died and is started again");
    progress.on(child.name(), "RESTARTED", 0);
    try {
      spawn(child);
    } catch (MeshFault e) {
      log.atError().setCause(e).addKeyValue("service", child.name()).log("it stays down");
      progress.on(child.name(), "FAILED", 0);
    }
  }

  private void awaitAnswer(Child child, BooleanSupplier answers) {
    for (int attempt = 0; attempt < HEALTH_TRIES; attempt++) {
      if (answers.getAsBoolean()) {
        return;
      }
      pause();
    }
    throw new MeshFault(
        child.name()
            + " does not answer; its log is "
            + data.root().resolve("log")
            + "/"
            + child.name()
            + ".log");
  }

  private boolean isHealthy(URI health) {
    HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }

  private static boolean isListening(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void pause() {
    try {
      if (closed.await(HEALTH_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new MeshFault("stopped while starting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }

  private static Map<String, String> withSecretsAsFiles(
      Map<String, String> environment, DataDirectory data) {
    Map<String, String> files = new LinkedHashMap<>(environment);
    for (String name : MeshEnvironment.SECRETS) {
      String secret = files.remove(name);
      if (secret != null) {
        files.put(name + "_FILE", secretFile(data, name, secret).toString());
      }
    }
    return files;
  }

  private static Path secretFile(DataDirectory data, String name, String secret) {
    Path file = data.directory("secrets").resolve(name.toLowerCase(java.util.Locale.ROOT));
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, secret);
      return file;
    } catch (IOException e) {
      throw new MeshFault("secrets cannot be written: " + e.getMessage(), e);
    }
  }

  /// Closing its pipe tells a service to end in good order.
  @Override
  public void close() {
    closed.countDown();
    while (!order.isEmpty()) {
      Process process;
      synchronized (processes) {
        process = processes.get(order.pop());
      }
      if (process != null) {
        end(process);
      }
    }
    starter.shutdownNow();
    http.shutdownNow();
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
