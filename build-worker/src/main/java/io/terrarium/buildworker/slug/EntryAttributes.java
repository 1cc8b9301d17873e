package io.terrarium.buildworker.slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// Gives what was unpacked the modes and times of its entries, as go-slug does: configurations may
/// depend on both. No bit beyond reading, writing and executing is kept.
final class EntryAttributes {
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  /// Directories wait for the end, as writing into one touches it; inner ones come first.
  private final Map<Path, TarArchiveEntry> directories = new TreeMap<>(Comparator.reverseOrder());

  void ofFile(Path file, TarArchiveEntry entry) throws IOException {
    set(file, entry, entry.getMode());
  }

  void ofLink(Path link, TarArchiveEntry entry) throws IOException {
    FileTime time = entry.getLastModifiedTime();
    Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  void ofDirectory(Path directory, TarArchiveEntry entry) {
    directories.put(directory, entry);
  }

  /// The owner may always use a directory: terraform works in it, and it has to go in the end.
  void finishDirectories() throws IOException {
    for (Map.Entry<Path, TarArchiveEntry> directory : directories.entrySet()) {
      if (Files.isDirectory(directory.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        set(directory.getKey(), directory.getValue(), directory.getValue().getMode() | 0700);
      }
    }
  }

  private static void set(Path path, TarArchiveEntry entry, int mode) throws IOException {
    Files.setPosixFilePermissions(path, permissions(mode));
    Files.setLastModifiedTime(path, entry.getLastModifiedTime());
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode & 1 << bit) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    return permissions;
  }
}
