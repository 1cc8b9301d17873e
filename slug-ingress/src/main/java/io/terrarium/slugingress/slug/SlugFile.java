package io.terrarium.slugingress.slug;

import io.terrarium.slugingress.limit.Allowance;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// A slug that is being written: a tar in gzip, with the same bytes for the same contents. All
/// times in it are the commit's, and it names no owner.
final class SlugFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int FILE_MODE = 0644;
  private static final int EXECUTABLE_MODE = 0755;
  private static final int LINK_MODE = 0777;
  private static final long SECONDS_MAX = 077777777777L;

  private final TarArchiveOutputStream tar;
  private final Instant time;
  private final Allowance allowance;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private SlugFile(TarArchiveOutputStream tar, Instant time, Allowance allowance) {
    this.tar = tar;
    this.time = time;
    this.allowance = allowance;
  }

  static SlugFile create(Path file, Instant committedAt, Allowance allowance) throws IOException {
    GzipParameters fast = new GzipParameters();
    fast.setCompressionLevel(Deflater.BEST_SPEED);
    fast.setBufferSize(BUFFER_BYTES);
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES), fast),
            "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    long seconds = Math.clamp(committedAt.getEpochSecond(), 0, SECONDS_MAX);
    return new SlugFile(tar, Instant.ofEpochSecond(seconds), allowance);
  }

  /// @param path without a slash at its end
  void directory(String path) throws IOException {
    put(new TarArchiveEntry(path + "/"), EXECUTABLE_MODE);
    tar.closeArchiveEntry();
  }

  void link(String path, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry, LINK_MODE);
    tar.closeArchiveEntry();
  }

  void file(String path, boolean isExecutable, long bytes, InputStream content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(bytes);
    put(entry, isExecutable ? EXECUTABLE_MODE : FILE_MODE);
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      allowance.check();
      tar.write(buffer, 0, count);
    }
    tar.closeArchiveEntry();
  }

  private void put(TarArchiveEntry entry, int mode) throws IOException {
    allowance.check();
    entry.setMode(mode);
    entry.setModTime(java.nio.file.attribute.FileTime.from(time));
    entry.setUserName("");
    entry.setGroupName("");
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
