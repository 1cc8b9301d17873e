package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The command line as a process of its own, as a person starts it.
final class MeshProcess implements AutoCloseable {
  private static final Pattern ADDRESSES =
      Pattern.compile("address +(https://\\S+) +\\(plain: (http://\\S+)\\)");

  /// By the names of their supervisor.
  static final Map<String, String> MAIN_CLASSES =
      Map.ofEntries(
          Map.entry("atlas", "atlas.Atlas"),
          Map.entry("sidekiq-worker", "sidekiqworker.SidekiqWorker"),
          Map.entry("build-manager", "buildmanager.BuildManager"),
          Map.entry("build-worker", "buildworker.BuildWorker"),
          Map.entry("archivist", "archivist.Archivist"),
          Map.entry("state-parser", "stateparser.StateParser"),
          Map.entry("vault", "vault.VaultServer"),
          Map.entry("operations", "operations.Operations"),
          Map.entry("broker", "embedded.EmbeddedBroker"),
          Map.entry("s3", "embedded.EmbeddedS3"),
          Map.entry("outbound-proxy", "outboundproxy.OutboundProxy"),
          Map.entry("slug-ingress", "slugingress.SlugIngress"),
          Map.entry("registry-api", "registry.RegistryApi"),
          Map.entry("registry-worker", "registry.RegistryWorker"));

  private final Path directory;
  private final Path output;
  private final Process process;
  private final boolean startsMesh;

  private MeshProcess(Path directory, Path output, Process process, boolean startsMesh) {
    this.directory = directory;
    this.output = output;
    this.process = process;
    this.startsMesh = startsMesh;
  }

  /// `terrarium` with these arguments, which starts no mesh.
  static MeshProcess of(Path directory, String... arguments) {
    return start(directory, false, List.of(), Map.of(), arguments);
  }

  /// A command that starts the mesh of `directory`, on any free ports, with more arguments. When it
  /// is closed, nothing of that mesh is left, whoever has started it.
  static MeshProcess mesh(Path directory, String command, String... more) {
    return start(directory, true, List.of(), Map.of(), arguments(directory, command, more));
  }

  /// `terrarium bench` with its data here; as [#mesh], nothing of its meshes is left.
  static MeshProcess bench(Path directory, String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench", "--data", data(directory)));
    arguments.addAll(List.of(more));
    return start(directory, true, List.of(), Map.of(), arguments.toArray(String[]::new));
  }

  /// `terrarium up` on any free ports, with more arguments.
  static MeshProcess up(Path directory, String... more) {
    return mesh(directory, "up", more);
  }

  /// As [#up], with these variables besides those of the test.
  static MeshProcess up(Path directory, Map<String, String> variables, String... more) {
    return start(directory, true, List.of(), variables, arguments(directory, "up", more));
  }

  /// The same in a session of its own, as a terminal starts it; see [#interruptGroup].
  static MeshProcess upInGroup(Path directory, String... more) {
    return start(directory, true, List.of("setsid"), Map.of(), arguments(directory, "up", more));
  }

  /// `terrarium up --separate` with more in its environment, which its services inherit.
  static MeshProcess separate(Path directory, Map<String, String> environment, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--separate"));
    arguments.addAll(List.of(more));
    return start(
        directory,
        true,
        List.of(),
        environment,
        arguments(directory, "up", arguments.toArray(String[]::new)));
  }

  /// A command that starts a mesh here, on any free ports where `more` names none.
  static String[] arguments(Path directory, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--data", data(directory)));
    arguments.addAll(List.of(more));
    for (String port : List.of("--https-port", "--http-port")) {
      if (!arguments.contains(port)) {
        arguments.addAll(List.of(port, "0"));
      }
    }
    return arguments.toArray(String[]::new);
  }

  static String data(Path directory) {
    return directory.resolve("data").toString();
  }

  private static MeshProcess start(
      Path directory,
      boolean startsMesh,
      List<String> launcher,
      Map<String, String> environment,
      String... arguments) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(Interrupts.heededBy(program()));
    command.addAll(List.of(arguments));
    try {
      Path home = Files.createDirectories(home(directory));
      Path output = Files.createTempFile(directory, "terrarium", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("TERRARIUM_"));
      builder.environment().putAll(environment);
      return new MeshProcess(directory, output, builder.start(), startsMesh);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The script that a person starts, where the build names it, which starts its processes faster
  /// by what its trial run has left. Else the classes of this build.
  private static List<String> program() {
    String script = System.getProperty("terrarium.script");
    if (script != null) {
      return List.of(script);
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dterrarium.unpacked=" + System.getProperty("terrarium.unpacked"),
        // Not the quiet one of the tests.
        "-Dlogback.configurationFile=logback.xml",
        "-cp",
        System.getProperty("java.class.path"),
        "io.terrarium.terrarium.Terrarium");
  }

  /// Where the command is started; all services of a mesh work there, or in its data.
  private static Path home(Path directory) {
    return directory.resolve("home");
  }

  /// Waits until the mesh is up.
  MeshProcess awaitUp() {
    Eventually.until(
        () -> "the mesh is not up:\n" + output(),
        () -> !process.isAlive() || output().contains("Ctrl-C stops it"));
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
    return site(before.token());
  }

  /// The mesh for the bearer of a token.
  Site site(String token) {
    return new Site(directory, address(1).getRawAuthority(), address(2), caBundle(), token);
  }

  /// Where browsers find it.
  URI publicUrl() {
    return address(1);
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

  /// What a failed command said to its user, without the progress: no line of it is for
  /// programmers.
  List<String> explanation() {
    List<String> lines = output().lines().toList();
    if (lines.stream().anyMatch(MeshProcess::isForProgrammers)) {
      throw new AssertionError("this is no explanation:\n" + output());
    }
    return lines.stream().filter(line -> line.startsWith("terrarium: ")).toList();
  }

  private static boolean isForProgrammers(String line) {
    return line.startsWith("\tat ")
        || line.contains("Exception")
        || line.contains("it failed:")
        || line.startsWith("WARNING");
  }

  /// What is running of this mesh, or was left by one before it on the same data.
  List<ProcessHandle> running() {
    return Processes.on(places());
  }

  /// The process of a service, or of a server beside the services; that of PostgreSQL is the one
  /// which all others of it come from.
  ProcessHandle processOf(String name) {
    Path data = Path.of(data(directory));
    return switch (name) {
      case "postgres" -> byFile(data.resolve("postgres/18/postmaster.pid"));
      case "redis" -> byFile(data.resolve("redis/redis.pid"));
      default -> byProgram(name);
    };
  }

  private static ProcessHandle byFile(Path file) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessHandle byProgram(String name) {
    String main = "io.terrarium." + MAIN_CLASSES.get(name);
    List<ProcessHandle> found = Processes.of(main, places());
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " processes are " + name);
    }
    return found.getFirst();
  }

  /// Waits until nothing of this mesh runs any more.
  void awaitNothingLeft() {
    Eventually.until(
        () -> "still there:\n" + Processes.shown(running()), () -> running().isEmpty());
  }

  /// `kill -9` of all of it, of the servers too.
  void killAll() {
    Processes.kill(tree(), places());
  }

  private Path[] places() {
    return new Path[] {Path.of(data(directory)), home(directory)};
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /// Ctrl-C to this process alone, or SIGTERM.
  MeshProcess signal(String name) {
    Interrupts.send(name, process.pid());
    return this;
  }

  /// Ctrl-C as a terminal sends it, to all processes of the group that [#upInGroup] has made.
  MeshProcess interruptGroup() {
    Interrupts.send("INT", -process.pid());
    return this;
  }

  /// Its exit code.
  int await() {
    return Ending.of(process, this::output);
  }

  /// Has it end in good order, which is part of every test that goes so far.
  void stop() {
    int exit = signal("TERM").await();
    if (exit != 0) {
      throw new AssertionError("it stopped with " + exit + ":\n" + output());
    }
    awaitNothingLeft();
  }

  @Override
  public void close() {
    if (startsMesh) {
      killAll();
    } else {
      Processes.kill(tree());
    }
  }
}
