package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The private directories of one build; they go with the build.
///
/// @param root readable by nobody else
/// @param temporary likewise, and short: providers keep sockets in it, whose paths may have no more
///   than a hundred characters
public record RunDirectory(Path root, Path temporary) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunDirectory.class);

  static RunDirectory create(EngineConfig config, String name) {
    try {
      Files.createDirectories(config.runs());
      RunDirectory directory =
          new RunDirectory(
              anew(config.runs().resolve(name)), anew(Path.of(config.temporary() + "-" + name)));
      Files.createDirectory(directory.configuration());
      Files.createDirectory(directory.home());
      return directory;
    } catch (IOException e) {
      throw new BuildFault("The worker cannot make a directory for the build.", e);
    }
  }

  private static Path anew(Path path) throws IOException {
    delete(path);
    return Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        .toRealPath();
  }

  Path configuration() {
    return root.resolve("configuration");
  }

  Path home() {
    return root.resolve("home");
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /// Where terraform runs.
  Path working(String relative) {
    try {
      Path working = configuration().resolve(relative).normalize();
      if (!Path.of(relative).isAbsolute()
          && Files.isDirectory(working)
          && working.toRealPath().startsWith(configuration())) {
        return working.toRealPath();
      }
    } catch (IOException | InvalidPathException e) {
      throw missing(relative, e);
    }
    throw missing(relative, null);
  }

  private static BuildFault missing(
      String relative, @org.jspecify.annotations.Nullable Exception cause) {
    return new BuildFault(
        "The working directory \"" + relative + "\" is not in the configuration.", cause);
  }

  /// A file for this user's eyes only.
  static void writePrivate(Path file, byte[] content) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is a file itself, and its directories are no links: one that a build has put there
  /// may lead to what the build does not see.
  static boolean isPlain(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && file.toRealPath().equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  /// Deletes `path` and all below it; links are not followed.
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException fault)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    deleteIfPossible(root);
    deleteIfPossible(temporary);
  }

  private static void deleteIfPossible(Path path) {
    try {
      delete(path);
    } catch (IOException e) {
      log.atWarn().setCause(e).addKeyValue("path", path).log("run directory is left behind");
    }
  }
}
