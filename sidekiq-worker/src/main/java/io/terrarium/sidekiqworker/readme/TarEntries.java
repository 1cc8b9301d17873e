package io.terrarium.sidekiqworker.readme;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entries of a tar archive, one after another, as Go, GNU tar and Java pack them.
///
/// The archive may be anyone's, and it is read beside the work of others: so no length that it
/// tells of is believed beyond a limit, and no more of it is held than one header.
final class TarEntries {
  private static final int BLOCK_BYTES = 512;
  private static final int LONG_NAME_BYTES_MAX = 64 * 1024;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int KIND = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;

  private final InputStream in;
  private long budget;
  private long left;
  private long padding;
  private @Nullable String longName;
  private long longSize = -1;

  /// @param bytesMax of the archive, unpacked
  TarEntries(InputStream in, long bytesMax) {
    this.in = in;
    this.budget = bytesMax;
  }

  /// @param isFile an ordinary one: no directory, link or device
  record Entry(String name, boolean isFile, long bytes) {}

  /// The next one, with what is not read of the last passed over; empty at the end.
  ///
  /// @throws IOException when it is no tar archive, or ends early, or is too large
  Optional<Entry> next() throws IOException {
    while (true) {
      pass(left + padding);
      byte[] header = in.readNBytes((int) spend(BLOCK_BYTES));
      if (isEnd(header)) {
        return Optional.empty();
      }
      verify(header);
      char kind = (char) header[KIND];
      begin(hasContent(kind) ? number(header, SIZE, 12) : 0);
      switch (kind) {
        case 'L' -> longName = text(readLongName(), 0, LONG_NAME_BYTES_MAX);
        case 'x' -> extend(readLongName());
        case 'K', 'g' -> {} // The target of a link, or a comment for all.
        default -> {
          return Optional.of(entry(header, kind));
        }
      }
    }
  }

  /// The first bytes of the entry, as many as there are up to `most`.
  byte[] read(int most) throws IOException {
    int wanted = (int) spend(Math.min(most, left));
    byte[] bytes = in.readNBytes(wanted);
    if (bytes.length < wanted) {
      throw new EOFException("the archive ends within a file");
    }
    left -= wanted;
    return bytes;
  }

  private Entry entry(byte[] header, char kind) throws IOException {
    if (longSize >= 0 && hasContent(kind)) {
      begin(longSize);
    }
    String name = longName == null ? shortName(header) : longName;
    longName = null;
    longSize = -1;
    return new Entry(name, kind == '0' || kind == '\0' || kind == '7', left);
  }

  private void begin(long bytes) throws IOException {
    if (bytes < 0 || bytes > budget) {
      throw new IOException("the archive is too large");
    }
    left = bytes;
    padding = -bytes & (BLOCK_BYTES - 1);
  }

  private void pass(long bytes) throws IOException {
    in.skipNBytes(spend(bytes));
    left = 0;
    padding = 0;
  }

  private long spend(long bytes) throws IOException {
    if (bytes > budget) {
      throw new IOException("the archive is too large");
    }
    budget -= bytes;
    return bytes;
  }

  private byte[] readLongName() throws IOException {
    if (left > LONG_NAME_BYTES_MAX) {
      throw new IOException("the archive has a name that is too long");
    }
    return read(LONG_NAME_BYTES_MAX);
  }

  /// Takes what it needs of POSIX's records, each `length key=value\n`.
  private void extend(byte[] records) throws IOException {
    int at = 0;
    while (at < records.length) {
      int space = indexOf(records, ' ', at);
      int length = (int) number(new String(records, at, space - at, StandardCharsets.US_ASCII), 10);
      int end = at + length;
      int equals = indexOf(records, '=', space);
      if (length <= 0 || end > records.length || equals > end - 2) {
        throw new IOException("the archive has a broken header");
      }
      String key = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      String value = new String(records, equals + 1, end - equals - 2, StandardCharsets.UTF_8);
      switch (key) {
        case "path" -> longName = value;
        case "size" -> longSize = number(value, 10);
        default -> {} // Times, owners and the like.
      }
      at = end;
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from) throws IOException {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    throw new IOException("the archive has a broken header");
  }

  private static boolean isEnd(byte[] header) throws IOException {
    if (header.length != 0 && header.length < BLOCK_BYTES) {
      throw new EOFException("the archive ends within a header");
    }
    return Arrays.equals(header, new byte[header.length]);
  }

  /// The checksum is of the header with blanks in its own place.
  private static void verify(byte[] header) throws IOException {
    int sum = 8 * ' ';
    for (int at = 0; at < BLOCK_BYTES; at++) {
      boolean isOwn = at >= CHECKSUM && at < CHECKSUM + 8;
      sum += isOwn ? 0 : header[at] & 0xff;
    }
    if (sum != number(header, CHECKSUM, 8)) {
      throw new IOException("this is no tar archive");
    }
  }

  /// Links, devices and directories have none, whatever their headers say.
  private static boolean hasContent(char kind) {
    return kind < '1' || kind > '6';
  }

  private static String shortName(byte[] header) {
    String name = text(header, 0, 100);
    boolean isPosix = "ustar\0".equals(new String(header, MAGIC, 6, StandardCharsets.US_ASCII));
    String prefix = isPosix ? text(header, PREFIX, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /// Up to the first NUL.
  private static String text(byte[] bytes, int from, int most) {
    int end = from;
    int limit = Math.min(bytes.length, from + most);
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /// In octal digits, or by GNU's way binary, which its first bit tells.
  private static long number(byte[] header, int from, int length) throws IOException {
    if ((header[from] & 0x80) != 0) {
      return ByteBuffer.wrap(header).getLong(from + length - Long.BYTES);
    }
    String digits = text(header, from, length).strip();
    return digits.isEmpty() ? 0 : number(digits, 8);
  }

  private static long number(String digits, int radix) throws IOException {
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      throw new IOException("the archive has a broken number", e);
    }
  }
}
