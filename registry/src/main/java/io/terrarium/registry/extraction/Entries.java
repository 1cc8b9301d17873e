package io.terrarium.registry.extraction;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The files, directories and links of a slug while it comes in, each without its content.
final class Entries implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  /// What stands before a file, its long name among it, is held in memory.
  private static final int HEADER_BYTES_MAX = 1 << 20;

  private final SlugLimits limits;
  private final Limited unpacked;
  private final TarArchiveInputStream tar;
  private int count;

  private Entries(SlugLimits limits, Limited unpacked, TarArchiveInputStream tar) {
    this.limits = limits;
    this.unpacked = unpacked;
    this.tar = tar;
  }

  static Entries of(InputStream packed, SlugLimits limits) throws IOException {
    Limited download =
        new Limited(new Arriving(packed), limits.packedBytes(), "The archive is too large");
    Limited unpacked =
        new Limited(
            new GZIPInputStream(new BufferedInputStream(download, BUFFER_BYTES), BUFFER_BYTES),
            limits.unpackedBytes(),
            "The archive is too large unpacked");
    return new Entries(
        limits, unpacked, new TarArchiveInputStream(unpacked, StandardCharsets.UTF_8.name()));
  }

  /// What follows, until nothing does.
  Optional<TarArchiveEntry> next() throws IOException {
    if (count > 0) {
      long _ = tar.skip(Long.MAX_VALUE);
    }
    unpacked.expectNoMoreThan(HEADER_BYTES_MAX);
    Optional<TarArchiveEntry> next = Optional.ofNullable(tar.getNextEntry());
    unpacked.expectAnything();
    next.ifPresent(this::judge);
    return next;
  }

  private void judge(TarArchiveEntry entry) {
    count++;
    if (count > limits.entries()) {
      throw new SlugFault(
          "The archive has more than %d files and directories.".formatted(limits.entries()));
    }
    // Those that hold for all that follows gather from one entry to the next.
    long attributes =
        entry.getExtraPaxHeaders().entrySet().stream()
            .mapToLong(one -> one.getKey().length() + one.getValue().length())
            .sum();
    if (attributes > HEADER_BYTES_MAX) {
      throw headers();
    }
  }

  private static SlugFault headers() {
    return new SlugFault(
        "The archive has more than %d bytes of headers before one file."
            .formatted(HEADER_BYTES_MAX));
  }

  /// The content of what came last.
  InputStream content() {
    return tar;
  }

  int count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /// Bytes on their way here: that they stop is no fault of the archive.
  private static final class Arriving extends FilterInputStream {
    Arriving(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// So many bytes and no more.
  private static final class Limited extends FilterInputStream {
    private final long most;
    private final String what;
    private long read;
    private long headersEnd = Long.MAX_VALUE;

    Limited(InputStream in, long most, String what) {
      super(in);
      this.most = most;
      this.what = what;
    }

    void expectNoMoreThan(int headerBytes) {
      headersEnd = read + headerBytes;
    }

    void expectAnything() {
      headersEnd = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long more) {
      read += more;
      if (read > most) {
        throw new SlugFault("%s: it has more than %d bytes.".formatted(what, most));
      }
      if (read > headersEnd) {
        throw headers();
      }
    }
  }
}
