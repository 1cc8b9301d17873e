package io.terrarium.embedded;

import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that one-process mode keeps: locked while in use, with the ports and secrets of its
/// services.
///
/// ```text
/// lock, pid       who uses it
/// version         the format of what lies here
/// ports.json      where the services listen, the same at each start
/// secrets.json    generated once, readable by the owner alone
/// ```
public final class DataDirectory implements AutoCloseable {
  /// Raised only when an older program could not read what a newer one wrote.
  static final String FORMAT = "1";

  private static final int SECRET_BYTES = 24;
  private static final String VERSION_FILE = "version";

  /// What may lie in a directory that is not ours yet: our log, what a first start leaves that is
  /// cut short, and what a fresh file system holds.
  private static final Set<String> NOTHING_YET =
      Set.of("log", "lock", "pid", "pid.new", VERSION_FILE + ".new", "lost+found");

  private final Path root;
  private final DirectoryLock lock;
  private final JsonMapFile<Integer> ports;
  private final JsonMapFile<String> secrets;
  private final PortClaims claims = new PortClaims();
  private final SecureRandom random = new SecureRandom();

  private DataDirectory(Path root, DirectoryLock lock) {
    this.root = root;
    this.lock = lock;
    this.ports = JsonMapFile.open(root.resolve("ports.json"), new TypeReference<>() {});
    this.secrets = JsonMapFile.open(root.resolve("secrets.json"), new TypeReference<>() {});
  }

  /// Opens the directory, or makes it, and keeps every other process out until it is closed.
  public static DataDirectory open(Path directory) {
    Path root = realPath(PrivateFile.directory(directory.toAbsolutePath().normalize()));
    refuseForeign(root);
    restrictToOwner(root);
    DirectoryLock lock = DirectoryLock.take(root);
    try {
      checkFormat(root);
      return new DataDirectory(root, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// A living process has the directory open; asks the kernel, as pids are used again.
  public static boolean isInUse(Path directory) {
    return Files.isDirectory(directory) && DirectoryLock.isHeld(realPath(directory));
  }

  public Path root() {
    return root;
  }

  /// A directory of this name inside, made on first use.
  public Path directory(String name) {
    return PrivateFile.directory(root.resolve(name));
  }

  /// The port of a service: the one it had before, else the preferred one, else any that is free.
  /// No other mesh of this user gets it while this one is open.
  ///
  /// Whoever asks has stopped its own old server first, so a taken port belongs to a stranger.
  public synchronized int port(String service, int preferred) {
    int wanted = ports.get(service).orElse(preferred);
    int port = mayHave(service, wanted) ? wanted : preferred;
    while (!mayHave(service, port)) {
      port = Loopback.anyFreePort();
    }
    if (ports.get(service).isEmpty() || ports.get(service).get() != port) {
      ports.put(service, port);
    }
    return port;
  }

  /// The port that a person has asked for; where that is 0, the one that the service had before,
  /// else any that is free.
  ///
  /// @param option that it was asked for with
  /// @throws EmbeddedFault when it is another's
  public synchronized int askedPort(String service, int asked, String option) {
    if (asked == 0) {
      return port(service, Loopback.anyFreePort());
    }
    if (!mayHave(service, asked)) {
      throw new EmbeddedFault(
          "port %d is not free on %s: stop the program that uses it or choose another with %s"
              .formatted(asked, Loopback.HOST, option));
    }
    if (ports.get(service).isEmpty() || ports.get(service).get() != asked) {
      ports.put(service, asked);
    }
    return asked;
  }

  /// A secret of this name: random, made on first use and the same ever after.
  public synchronized Secret secret(String name) {
    return new Secret(secrets.get(name).orElseGet(() -> keepNewSecret(name)));
  }

  /// A secret of this name, if there is one.
  public synchronized Optional<Secret> findSecret(String name) {
    return secrets.get(name).map(Secret::new);
  }

  /// Keeps a secret of somebody else's making.
  public synchronized void keepSecret(String name, Secret secret) {
    secrets.put(name, secret.value());
  }

  /// Lets the secret `from` take the place of `name`, in one step.
  public synchronized void promoteSecret(String from, String name) {
    secrets.rename(from, name);
  }

  public synchronized void forgetSecret(String name) {
    secrets.remove(name);
  }

  @Override
  public void close() {
    claims.close();
    lock.close();
  }

  private boolean mayHave(String service, int port) {
    return !ports.isTakenByAnother(service, port) && Loopback.isFree(port) && claims.take(port);
  }

  private String keepNewSecret(String name) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String value = HexFormat.of().formatHex(bytes);
    secrets.put(name, value);
    return value;
  }

  private static void checkFormat(Path root) {
    Path version = root.resolve(VERSION_FILE);
    if (!Files.exists(version)) {
      PrivateFile.write(version, FORMAT + "\n");
      return;
    }
    String found = PrivateFile.read(version).strip();
    if (!found.equals(FORMAT)) {
      throw new EmbeddedFault(
          "the data directory %s has format %s and this program reads format %s: use the program that wrote it or choose another directory"
              .formatted(root, found, FORMAT));
    }
  }

  private static Path realPath(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedFault("cannot resolve the data directory " + directory, e);
    }
  }

  /// A mistyped directory, such as `/tmp`, is not to be closed to everybody else.
  private static void refuseForeign(Path root) {
    Set<String> names;
    try (Stream<Path> entries = Files.list(root)) {
      names =
          entries
              .map(entry -> entry.getFileName().toString())
              .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot read the data directory " + root + ": choose a directory of this user", e);
    }
    if (!names.contains(VERSION_FILE) && !NOTHING_YET.containsAll(names)) {
      throw new EmbeddedFault(
          "the directory "
              + root
              + " holds other things than data of this program: choose an empty directory, or one that does not exist yet");
    }
  }

  private static void restrictToOwner(Path root) {
    try {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot restrict " + root + " to its owner: choose a directory of this user", e);
    }
  }
}
