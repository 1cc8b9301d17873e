package io.terrarium.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked once from the archive of this machine's platform.
final class PostgresBinaries {
  private final Path directory;
  private final Path home;

  private PostgresBinaries(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
  }

  /// A system property: the directory in which the programs are kept unpacked for new data
  /// directories. Without it each data directory unpacks its own, which takes seconds.
  static final String KEPT = "terrarium.unpacked";

  /// The programs below `directory`, unpacked there if this version of them is not there yet.
  static PostgresBinaries unpackedIn(Path directory) {
    String archive = archiveOfThisPlatform();
    URL resource = PostgresBinaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new EmbeddedFault(
          "no PostgreSQL comes along for this platform (%s): use an external one"
              .formatted(archive));
    }
    String name = "postgres-" + fingerprint(resource);
    Path home = directory.resolve(name);
    if (!Files.isDirectory(home)) {
      Path fresh = directory.resolve("postgres.new");
      PrivateFile.deleteTree(fresh);
      Optional<Path> kept = Optional.ofNullable(System.getProperty(KEPT)).map(Path::of);
      if (kept.isPresent()) {
        copy(kept(kept.get(), name, resource), fresh);
      } else {
        unpack(resource, fresh);
      }
      PrivateFile.publish(fresh, home);
    }
    return new PostgresBinaries(directory, home);
  }

  /// The programs unpacked for all data directories together; each takes them over, so that it does
  /// not miss them when they are cleared away. Two that unpack at once do not meet: the first to
  /// publish wins, and the other's are the same.
  private static Path kept(Path place, String name, URL resource) {
    Path home = place.resolve(name);
    if (!Files.isDirectory(home)) {
      try {
        Files.createDirectories(place);
        Path fresh = Files.createTempDirectory(place, name).resolve(name);
        unpack(resource, fresh);
        if (!fresh.toFile().renameTo(home.toFile())) {
          return fresh;
        }
        Files.delete(fresh.getParent());
      } catch (IOException e) {
        throw new EmbeddedFault("cannot write " + place, e);
      }
    }
    return home;
  }

  private static void copy(Path source, Path target) {
    try (Stream<Path> tree = Files.walk(source)) {
      for (Path from : (Iterable<Path>) tree::iterator) {
        Path to = target.resolve(source.relativize(from).toString());
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
          PrivateFile.directory(to);
        } else {
          linkOrCopy(from, to);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot copy PostgreSQL into %s: free 100 MB of space".formatted(target), e);
    }
  }

  /// A second name costs nothing, and outlives the first; where there can be none, as on another
  /// file system, it is a copy.
  private static void linkOrCopy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createLink(to, from);
        return;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // The copy says what is wrong, if more is.
      }
    }
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  /// Where these programs lie beside those of other versions.
  Path directory() {
    return directory;
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static String archiveOfThisPlatform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    return "postgres-%s-%s.txz"
        .formatted(
            system.startsWith("mac") ? "darwin" : system,
            switch (machine) {
              case "amd64" -> "x86_64";
              case "aarch64" -> "arm_64";
              default -> machine;
            });
  }

  // The archive's name carries no version; its size and date change with it.
  private static String fingerprint(URL resource) {
    try {
      URLConnection connection = resource.openConnection();
      connection.setUseCaches(false);
      try (InputStream _ = connection.getInputStream()) {
        return Long.toHexString(connection.getContentLengthLong())
            + "-"
            + Long.toHexString(connection.getLastModified() / 1000);
      }
    } catch (IOException e) {
      throw new EmbeddedFault("cannot read PostgreSQL's archive: install the program again", e);
    }
  }

  private static void unpack(URL resource, Path target) {
    try (InputStream packed = resource.openStream();
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          PrivateFile.directory(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          Files.setPosixFilePermissions(
              path,
              PosixFilePermissions.fromString(
                  (entry.getMode() & 0100) == 0 ? "rw-------" : "rwx------"));
        }
      }
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot unpack PostgreSQL into %s: free 100 MB of space".formatted(target), e);
    }
  }
}
