package io.terrarium.mesh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Configurations as clients pack them, and as they should not.
final class Slugs {
  private Slugs() {}

  /// One file.
  static byte[] of(String name, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    return tar(entry, content);
  }

  private static byte[] tar(TarArchiveEntry entry, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// What no worker may unpack.
  enum Bad {
    NO_TAR("not a readable tar.gz archive"),
    ZIP_SLIP("which leads out of it"),
    ABSOLUTE_SYMLINK("has absolute target");

    private final String complaint;

    Bad(String complaint) {
      this.complaint = complaint;
    }

    String complaint() {
      return complaint;
    }

    byte[] bytes() {
      return switch (this) {
        case NO_TAR -> "this is no archive at all".getBytes(StandardCharsets.UTF_8);
        case ZIP_SLIP -> of("../../evil.tf", "");
        case ABSOLUTE_SYMLINK -> {
          TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
          link.setLinkName("/etc/passwd");
          yield tar(link, new byte[0]);
        }
      };
    }
  }
}
