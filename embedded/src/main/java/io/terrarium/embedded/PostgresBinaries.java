package io.terrarium.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
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

  /// The programs below `directory`, unpacked there if this version of them is not there yet.
  static PostgresBinaries unpackedIn(Path directory) {
    String archive = archiveOfThisPlatform();
    URL resource = PostgresBinaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new EmbeddedFault(
          "no PostgreSQL comes along for this platform (%s): use an external one"
              .formatted(archive));
    }
    Path home = directory.resolve("postgres-" + fingerprint(resource));
    if (!Files.isDirectory(home)) {
      Path fresh = directory.resolve("postgres.new");
      PrivateFile.deleteTree(fresh);
      unpack(resource, fresh);
      PrivateFile.publish(fresh, home);
    }
    return new PostgresBinaries(directory, home);
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
