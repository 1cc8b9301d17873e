package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process of its own for each service, the broker and the S3 server. They hold a pipe from this
/// process and end with it, however it ends. Secrets reach them as files.
final class SeparateServices implements ServiceLauncher {
  private final Map<String, String> environment;
  private final DataDirectory data;
  private final BootProgress progress;

  /// In the order in which they were started first.
  private final LinkedHashMap<String, Separate> programs = new LinkedHashMap<>();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  // Children are tied to the thread that starts them, so it must live as long as they do.
  private final ExecutorService starter = Executors.newSingleThreadExecutor();

  SeparateServices(Map<String, String> environment, DataDirectory data, BootProgress progress) {
    this.environment = withSecretsAsFiles(environment, data);
    this.data = data;
    this.progress = progress;
  }

  @Override
  public void startBacking() {
    Boot boot = new Boot(progress);
    List<Boot.Step> steps = new ArrayList<>();
    if (environment.containsKey("TERRARIUM_BROKER_DIRECTORY")) {
      int port = Integer.parseInt(environment.getOrDefault("TERRARIUM_RABBITMQ_PORT", ""));
      steps.add(boot.step("broker", () -> startBacking("broker", EmbeddedBroker.class, port)));
    }
    if (environment.containsKey("TERRARIUM_S3_DIRECTORY")) {
      String objects = environment.getOrDefault("TFE_OBJECT_STORAGE_S3_ENDPOINT", "");
      int port = URI.create(objects).getPort();
      steps.add(boot.step("s3", () -> startBacking("s3", EmbeddedS3.class, port)));
    }
    boot.inParallel(steps);
  }

  private void startBacking(String name, Class<?> main, int port) {
    start(name, main.getName(), () -> isListening(port));
  }

  @Override
  public void start(ServiceProgram service) {
    URI health = URI.create(environment.get(service.listenKey() + "_URL") + "/_health");
    start(service.wire(), service.mainClass(), () -> isHealthy(health));
  }

  private void start(String name, String mainClass, BooleanSupplier answers) {
    Path output = data.directory("log").resolve(name + ".log");
    new Separate(
            () ->
                new SupervisedProgram(
                    name,
                    () -> starter.submit(() -> launch(mainClass, output)).get(),
                    output,
                    progress),
            name,
            answers)
        .start();
  }

  /// One that can be taken away and brought back, as a process of its own each time.
  private final class Separate implements Breakable {
    private final Supplier<SupervisedProgram> made;
    private final String name;
    private final BooleanSupplier answers;
    private @Nullable SupervisedProgram program;

    Separate(Supplier<SupervisedProgram> made, String name, BooleanSupplier answers) {
      this.made = made;
      this.name = name;
      this.answers = answers;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      SupervisedProgram fresh = made.get();
      synchronized (programs) {
        program = fresh;
        programs.put(name, this);
      }
      try {
        fresh.start(answers);
      } catch (RuntimeException e) {
        // It may be alive and not answer; nobody would look after it.
        fresh.close();
        forget(fresh);
        throw e;
      }
    }

    private void forget(SupervisedProgram failed) {
      synchronized (programs) {
        if (program == failed) {
          program = null;
        }
      }
    }

    @Override
    public void stop() {
      SupervisedProgram last;
      synchronized (programs) {
        last = program;
        program = null;
      }
      if (last != null) {
        last.close();
      }
    }

    @Override
    public long pid() {
      synchronized (programs) {
        return program == null ? 0 : program.pid();
      }
    }

    @Override
    public boolean mayBeAway() {
      return !name.equals(ServiceProgram.ATLAS.wire());
    }
  }

  @Override
  public Map<String, Long> processes() {
    Map<String, Long> pids = new LinkedHashMap<>();
    synchronized (programs) {
      programs.forEach((name, program) -> pids.put(name, program.pid()));
    }
    return pids;
  }

  @Override
  public List<Breakable> breakable() {
    synchronized (programs) {
      return List.copyOf(programs.values());
    }
  }

  private Process launch(String mainClass, Path output) throws IOException {
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
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()));
    // Where an operator has set them, the files of the same are told of instead.
    builder.environment().keySet().removeAll(MeshEnvironment.SECRETS);
    builder.environment().putAll(environment);
    builder.environment().put("TERRARIUM_ENDS_WITH_STDIN", "1");
    return builder.start();
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
    Path file = data.directory("secrets").resolve(name.toLowerCase(Locale.ROOT));
    PrivateFile.write(file, secret);
    return file;
  }

  /// One after the other, the last one that was started first: each may need those before it until
  /// its end.
  @Override
  public void close() {
    for (Separate last = takeLast(); last != null; last = takeLast()) {
      last.stop();
    }
    starter.shutdownNow();
    http.shutdownNow();
  }

  private @Nullable Separate takeLast() {
    synchronized (programs) {
      Map.Entry<String, Separate> last = programs.pollLastEntry();
      return last == null ? null : last.getValue();
    }
  }
}
