package io.terrarium.buildworker.slug;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// An uploaded configuration, a tar.gz that anyone may have made: nothing of it lands outside of
/// its directory, and no link in it leads out.
public final class Slug {
  private static final Pattern LEFT_OUT =
      Pattern.compile("\\.terraform(/.*)?|terraform\\.tfstate(\\..*)?|[^/]*\\.tfplan");
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path root;
  private final SlugLimits limits;
  private final EntryAttributes attributes = new EntryAttributes();
  private long bytes;
  private int entries;

  private Slug(Path root, SlugLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  /// Unpacks `archive` into `directory`, which is there and empty.
  ///
  /// @throws BuildFault when it is no archive, or one that is not to be trusted
  public static void unpack(InputStream archive, Path directory, SlugLimits limits) {
    try {
      Slug slug = new Slug(directory.toRealPath(), limits);
      slug.unpack(archive);
      slug.requireLinksInside();
      slug.attributes.finishDirectories();
    } catch (IOException | IllegalArgumentException e) {
      throw new BuildFault(
          "The configuration is not a readable tar.gz archive: " + e.getMessage(), e);
    }
  }

  private void unpack(InputStream archive) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(archive, BUFFER_BYTES))
                .setDecompressConcatenated(true)
                .get())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > limits.entriesMax()) {
          throw new BuildFault(
              "The configuration has more than " + limits.entriesMax() + " files.");
        }
        unpack(tar, entry);
      }
    }
    if (entries == 0) {
      throw new BuildFault("The configuration is an empty archive.");
    }
  }

  private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    Path target = target(entry.getName());
    String name = root.relativize(target).toString();
    if (LEFT_OUT.matcher(name).matches() || entry.isGlobalPaxHeader()) {
      return;
    }
    if (entry.isDirectory()) {
      makeDirectories(target, entry.getName());
      attributes.ofDirectory(target, entry);
    } else if (entry.isSymbolicLink()) {
      link(target, entry);
    } else if (entry.isLink()) {
      copyLinked(target, entry);
    } else if (entry.isFile() && !isDevice(entry)) {
      write(tar, target, entry);
    } else {
      throw new BuildFault(
          "The configuration holds \"" + entry.getName() + "\", which is a device or a pipe.");
    }
  }

  private static boolean isDevice(TarArchiveEntry entry) {
    return entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
  }

  /// Where an entry goes.
  private Path target(String name) {
    try {
      Path path = Path.of(name);
      Path target = root.resolve(path).normalize();
      if (!path.isAbsolute() && target.startsWith(root)) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw new BuildFault("The configuration holds a file with an impossible name.", e);
    }
    throw new BuildFault("The configuration holds \"" + name + "\", which leads out of it.");
  }

  /// Makes each directory on the way; none of them may be a link.
  private void makeDirectories(Path directory, String name) throws IOException {
    Path at = root;
    for (Path part : root.relativize(directory)) {
      at = at.resolve(part);
      if (at.equals(root)) {
        continue;
      }
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(at);
      } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new BuildFault(
            "The configuration holds \"" + name + "\" below something that is no directory.");
      }
    }
  }

  private void prepare(Path target, String name) throws IOException {
    if (target.equals(root)) {
      throw new BuildFault("The configuration holds \"" + name + "\", which is no file name.");
    }
    makeDirectories(parent(target), name);
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new BuildFault("The configuration holds \"" + name + "\" as a file and a directory.");
    }
    Files.deleteIfExists(target);
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private void write(InputStream in, Path target, TarArchiveEntry entry) throws IOException {
    prepare(target, entry.getName());
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count(read);
        out.write(buffer, 0, read);
      }
    }
    attributes.ofFile(target, entry);
  }

  private void count(long more) {
    bytes += more;
    if (bytes > limits.bytesMax()) {
      throw new BuildFault(
          "The configuration is larger than "
              + limits.bytesMax() / (1024 * 1024)
              + " MiB when unpacked.");
    }
  }

  private void link(Path target, TarArchiveEntry entry) throws IOException {
    String destination = entry.getLinkName();
    Path to = Path.of(destination);
    String shown = "Invalid symlink (\"" + entry.getName() + "\" -> \"" + destination + "\") ";
    if (to.isAbsolute()) {
      throw new BuildFault(shown + "has absolute target");
    }
    if (!parent(target).resolve(to).normalize().startsWith(root)) {
      throw new BuildFault(shown + "has external target");
    }
    prepare(target, entry.getName());
    Files.createSymbolicLink(target, to);
    attributes.ofLink(target, entry);
  }

  /// A hard link becomes a copy of a file that came before it.
  private void copyLinked(Path target, TarArchiveEntry entry) throws IOException {
    Path source = target(entry.getLinkName());
    if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
        || !source.toRealPath().startsWith(root)) {
      throw new BuildFault(
          "Invalid link (\"" + entry.getName() + "\" -> \"" + entry.getLinkName() + "\")");
    }
    if (!source.equals(target)) {
      prepare(target, entry.getName());
      count(Files.size(source));
      Files.copy(source, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /// Links may lead over other links; what each comes to in the end must be inside as well.
  private void requireLinksInside() throws IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(root)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        if (Files.isSymbolicLink(path)
            && Files.exists(path)
            && !path.toRealPath().startsWith(root)) {
          throw new BuildFault(
              "Invalid symlink (\""
                  + root.relativize(path)
                  + "\" -> \""
                  + Files.readSymbolicLink(path)
                  + "\") has external target");
        }
      }
    }
  }
}
