package io.terrarium.buildworker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stands between a build and the rest of the machine.
public sealed interface Confinement {
  /// The command line that runs `command` in `directory`.
  List<String> around(List<String> command, Path directory, View view);

  /// For the health page.
  String shown();

  /// What a build sees besides the system: all paths are absolute.
  record View(List<Path> writable, List<Path> readable) {}

  /// Namespaces, without any privilege. The network stays, since providers need it.
  record Bubblewrap(Path executable) implements Confinement {
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    private static final List<String> SYSTEM =
        List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix/store");

    @Override
    public List<String> around(List<String> command, Path directory, View view) {
      List<String> line = new ArrayList<>();
      // Interrupts are for terraform: bubblewrap would die of one and leave terraform behind.
      line.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
      line.add(executable.toString());
      SYSTEM.forEach(path -> line.addAll(List.of("--ro-bind-try", path, path)));
      line.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--unshare-pid"));
      nameServers().ifPresent(path -> bind(line, "--ro-bind", path));
      view.readable().forEach(path -> bind(line, "--ro-bind", path));
      view.writable().forEach(path -> bind(line, "--bind", path));
      line.addAll(List.of("--chdir", directory.toString(), "--"));
      line.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
      line.addAll(command);
      return line;
    }

    /// Often a link to somewhere that a build does not see.
    private static Optional<Path> nameServers() {
      try {
        return Optional.of(RESOLVER.toRealPath()).filter(path -> !path.startsWith("/etc"));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    private static void bind(List<String> line, String how, Path path) {
      line.addAll(List.of(how, path.toString(), path.toString()));
    }

    @Override
    public String shown() {
      return "bubblewrap";
    }
  }

  /// Nothing but a process group: a build can read what the worker's user can.
  record ProcessGroup() implements Confinement {
    @Override
    public List<String> around(List<String> command, Path directory, View view) {
      return command;
    }

    @Override
    public String shown() {
      return "process-group";
    }
  }

  /// Bubblewrap where it works.
  static Confinement probe() {
    return Stream.of("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap")
        .map(Path::of)
        .filter(Files::isExecutable)
        .map(Bubblewrap::new)
        .filter(BubblewrapProbe::works)
        .map(Confinement.class::cast)
        .findFirst()
        .orElseGet(ProcessGroup::new);
  }
}
