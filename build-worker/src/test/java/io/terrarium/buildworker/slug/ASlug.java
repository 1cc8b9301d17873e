package io.terrarium.buildworker.slug;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Entries of a slug, in the order of their adding.
public final class ASlug {
  static final FileTime TIME = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  public ASlug() throws IOException {
    tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
  }

  public ASlug file(String name, String text, int mode) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  public ASlug file(String name) throws IOException {
    return file(name, "x", 0644);
  }

  public ASlug directory(String name, int mode) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_DIR, true);
    entry.setMode(mode);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  public ASlug special(String name, byte kind, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  public ASlug symlink(String name, String target) throws IOException {
    return special(name, TarConstants.LF_SYMLINK, target);
  }

  public byte[] finished() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }
}
