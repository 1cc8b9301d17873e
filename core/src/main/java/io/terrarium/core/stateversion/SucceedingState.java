package io.terrarium.core.stateversion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.terrarium.kernel.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A state with another serial, so that Terraform counts on from there. It is rewritten token by
/// token while it is read, so it may be as large as it likes; every other value stays as it was, to
/// the last digit.
final class SucceedingState extends InputStream {
  private static final String SERIAL = "serial";
  private static final int AHEAD_BYTES = 16 << 10;

  // What a client was let store, it may have back.
  private static final JsonFactory FORMAT =
      Json.SNAKE
          .getFactory()
          .copy()
          .setStreamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());

  private final JsonParser before;
  private final long serial;
  private final ByteArrayOutputStream ahead = new ByteArrayOutputStream(2 * AHEAD_BYTES);
  private final JsonGenerator after;
  private final MessageDigest md5 = md5();
  private byte[] chunk = new byte[0];
  private int position;
  private int depth;
  private boolean hasSerial;
  private boolean hasEnded;
  private volatile @Nullable JsonProcessingException broken;
  private long bytes;

  /// @throws JsonProcessingException when `state` is no JSON object
  /// @throws IOException when it cannot be read
  SucceedingState(InputStream state, long serial) throws IOException {
    before = FORMAT.createParser(state);
    after = FORMAT.createGenerator(ahead);
    this.serial = serial;
    if (before.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(before, "it is no JSON object");
    }
    after.writeStartObject();
    depth = 1;
  }

  /// Of all that was read.
  long size() {
    return bytes;
  }

  /// The checksum that clients know states by; it guards nothing.
  String md5Hex() {
    return HexFormat.of().formatHex(md5.digest());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position == chunk.length) {
      refill();
    }
    if (chunk.length == 0) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  /// Why it could not be read to its end, when it is not what a state looks like.
  Optional<JsonProcessingException> broken() {
    return Optional.ofNullable(broken);
  }

  private void refill() throws IOException {
    try {
      while (!hasEnded && ahead.size() < AHEAD_BYTES) {
        copyToken();
      }
    } catch (JsonProcessingException e) {
      broken = e;
      throw e;
    }
    chunk = ahead.toByteArray();
    ahead.reset();
    position = 0;
    bytes += chunk.length;
    md5.update(chunk);
  }

  private void copyToken() throws IOException {
    JsonToken token = before.nextToken();
    if (token == null) {
      throw new JsonParseException(before, "it breaks off");
    }
    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    if (depth == 1 && token == JsonToken.FIELD_NAME && before.currentName().equals(SERIAL)) {
      before.nextToken();
      before.skipChildren();
      writeSerial();
    } else if (depth == 0) {
      end();
    } else {
      after.copyCurrentEventExact(before);
      after.flush();
    }
  }

  private void writeSerial() throws IOException {
    if (!hasSerial) {
      after.writeNumberField(SERIAL, serial);
      hasSerial = true;
    }
  }

  private void end() throws IOException {
    writeSerial();
    after.writeEndObject();
    after.close();
    if (before.nextToken() != null) {
      throw new JsonParseException(before, "something stands behind it");
    }
    hasEnded = true;
  }

  @Override
  public void close() throws IOException {
    before.close();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
