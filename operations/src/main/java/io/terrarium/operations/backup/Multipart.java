package io.terrarium.operations.backup;

import io.terrarium.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form of `multipart/form-data` as it comes in: one field after the other, however large.
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data;.*\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70})).*");

  /// A parameter before it, such as a file's name, may be quoted and hold anything.
  private static final Pattern NAME =
      Pattern.compile(
          "(?is).*content-disposition:[^;\\n]*(?:;\\s*[\\w*-]+=(?:\"[^\"]*\"|[^;\\s]*))*?"
              + ";\\s*name=(?:\"([^\"]*)\"|([^;\\s]*)).*");

  private static final int BUFFER_BYTES = 128 * 1024;
  private static final int HEAD_BYTES_MAX = 8 * 1024;
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  private Multipart(String boundary, InputStream body) {
    // The first boundary may stand at the very beginning.
    in = new SequenceInputStream(new ByteArrayInputStream(new byte[] {'\r', '\n'}), body);
    delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /// @param contentType of the request
  static Multipart of(Optional<String> contentType, InputStream body) {
    Matcher boundary = BOUNDARY.matcher(contentType.orElse(""));
    if (!boundary.matches()) {
      throw new Fault.BadRequest(
          "The body must be a form, multipart/form-data, with the fields config and snapshot.");
    }
    String quoted = boundary.group(1);
    return new Multipart(quoted != null ? quoted : boundary.group(2), body);
  }

  /// A field, whose content is read before the next one is asked for.
  record Field(String name, InputStream content) {}

  /// What is left of the last field is skipped; empty behind the last one.
  Optional<Field> next() throws IOException {
    Content content = new Content();
    content.transferTo(OutputStream.nullOutputStream());
    position += delimiter.length;
    if (byteAt(0) == '-' && byteAt(1) == '-') {
      return Optional.empty();
    }
    Matcher name = NAME.matcher(head());
    if (!name.matches()) {
      throw new Fault.BadRequest("A field of the form has no name.");
    }
    String quoted = name.group(1);
    return Optional.of(new Field(quoted != null ? quoted : name.group(2), content));
  }

  /// The lines before a field's content.
  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < HEAD_END.length) {
      byte next = byteAt(0);
      position++;
      head.write(next);
      matched = next == HEAD_END[matched] ? matched + 1 : next == HEAD_END[0] ? 1 : 0;
      if (head.size() > HEAD_BYTES_MAX) {
        throw new Fault.BadRequest("The head of a field of the form is too long.");
      }
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  private byte byteAt(int ahead) throws IOException {
    while (limit - position <= ahead) {
      fill();
    }
    return buffer[position + ahead];
  }

  /// At least one byte more.
  private void fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int got = in.read(buffer, limit, buffer.length - limit);
    if (got < 0) {
      throw new Fault.BadRequest(
          "The form ends before its last boundary: it was cut off. Nothing is restored; send it"
              + " again.");
    }
    limit += got;
  }

  /// Where the next boundary begins, or -1.
  private int boundary() {
    for (int at = position; at <= limit - delimiter.length; at++) {
      if (buffer[at] == delimiter[0] && isDelimiter(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isDelimiter(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (true) {
        int boundary = boundary();
        if (boundary == position) {
          return -1;
        }
        // The last bytes may be the beginning of a boundary.
        int end = boundary > 0 ? boundary : limit - delimiter.length + 1;
        if (end > position) {
          int count = Math.min(length, end - position);
          System.arraycopy(buffer, position, target, offset, count);
          position += count;
          return count;
        }
        fill();
      }
    }
  }
}
