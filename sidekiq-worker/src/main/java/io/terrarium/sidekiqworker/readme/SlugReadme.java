package io.terrarium.sidekiqworker.readme;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The README of a slug: `README.md`, in whatever case, of the working directory, or else of the
/// root. A text that is too long is cut, and one that is not UTF-8 is none.
public final class SlugReadme {
  static final int MARKDOWN_BYTES_MAX = 256 * 1024;

  private static final String NAME = "README.md";
  private static final long ARCHIVE_BYTES_MAX = 512L * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  // Ranks of what is found; the lower the better.
  private static final int PERFECT = 0;
  private static final int NOTHING = 4;

  private final String directory;
  private int rank = NOTHING;
  private Optional<String> found = Optional.empty();

  private SlugReadme(String workingDirectory) {
    this.directory = plain(workingDirectory);
  }

  /// Looks through a slug until there can be nothing better. Where it ends early, is broken or is
  /// no slug at all, what came before is all there is.
  ///
  /// @throws java.io.UncheckedIOException when the bytes do not come, which says nothing of them
  public static Optional<String> of(InputStream slug, String workingDirectory) {
    SlugReadme readme = new SlugReadme(workingDirectory);
    Inflater inflater = new Inflater(true);
    try {
      InputStream packed = new BufferedInputStream(new Download(slug), BUFFER_BYTES);
      GzipHeader.pass(packed);
      readme.look(new InflaterInputStream(packed, inflater, BUFFER_BYTES));
    } catch (IOException _) {
      // What is wrong with it is in the log of each run that uses it.
    } finally {
      inflater.end();
    }
    return readme.found;
  }

  private void look(InputStream tar) throws IOException {
    TarEntries entries = new TarEntries(tar, ARCHIVE_BYTES_MAX);
    while (rank > PERFECT) {
      Optional<TarEntries.Entry> next = entries.next();
      if (next.isEmpty()) {
        return;
      }
      consider(entries, next.get());
    }
  }

  private void consider(TarEntries entries, TarEntries.Entry entry) throws IOException {
    int its = entry.isFile() ? rank(plain(entry.name())) : NOTHING;
    if (its < rank) {
      boolean isWhole = entry.bytes() <= MARKDOWN_BYTES_MAX;
      Optional<String> text = text(entries.read(MARKDOWN_BYTES_MAX), isWhole);
      if (text.isPresent()) {
        found = text;
        rank = its;
      }
    }
  }

  private int rank(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String parent = slash < 0 ? "" : path.substring(0, slash);
    if (!name.equalsIgnoreCase(NAME) || !(parent.equals(directory) || parent.isEmpty())) {
      return NOTHING;
    }
    return (parent.equals(directory) ? PERFECT : 2) + (name.equals(NAME) ? 0 : 1);
  }

  /// A path without what leads nowhere.
  private static String plain(String path) {
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  /// Cut, if it is, between two characters.
  private static Optional<String> text(byte[] bytes, boolean isWhole) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean isUtf8 = !decoder.decode(ByteBuffer.wrap(bytes), text, isWhole).isError();
    String markdown = text.flip().toString();
    // PostgreSQL keeps no NUL, and no text has one.
    return isUtf8 && markdown.indexOf('\0') < 0
        ? Optional.of(markdown.startsWith("\uFEFF") ? markdown.substring(1) : markdown)
        : Optional.empty();
  }
}
