package io.terrarium.operations.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a snapshot says of itself in the clear, before all that is encrypted.
///
/// @param format of what follows; raised whenever an older reader would misread it
/// @param product the release that wrote it
/// @param schema versions of the schemas `atlas` and `registry`
/// @param iterations of PBKDF2 with HMAC-SHA512, by which the password becomes the key
record SnapshotHeader(int format, String product, String schema, byte[] salt, int iterations) {
  static final int FORMAT = 1;

  static final String NO_SNAPSHOT =
      "The snapshot is not one of Terrarium's: send what a backup answered, unchanged.";

  private static final byte[] MAGIC = "TERRARIUM BACKUP\n".getBytes(StandardCharsets.US_ASCII);
  private static final int JSON_BYTES_MAX = 4096;

  /// Fewer would not protect, more would only keep this process busy.
  private static final int ITERATIONS_MIN = 100_000;

  private static final int ITERATIONS_MAX = 10_000_000;

  /// The header as it is in the snapshot; its proof by the key follows it.
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] json = Json.SNAKE.writeValueAsBytes(this);
      out.write(MAGIC);
      out.writeInt(json.length);
      out.write(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a header is always JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  /// @throws Fault.BadRequest when it is none, or none that can be read here
  static SnapshotHeader read(InputStream in) throws IOException {
    try {
      DataInputStream data = new DataInputStream(in);
      if (!Arrays.equals(data.readNBytes(MAGIC.length), MAGIC)) {
        throw new Fault.BadRequest(NO_SNAPSHOT);
      }
      int length = data.readInt();
      if (length < 0 || length > JSON_BYTES_MAX) {
        throw new Fault.BadRequest(NO_SNAPSHOT);
      }
      return checked(Json.SNAKE.readValue(data.readNBytes(length), SnapshotHeader.class));
    } catch (EOFException | JsonProcessingException e) {
      throw new Fault.BadRequest(NO_SNAPSHOT);
    }
  }

  private static SnapshotHeader checked(SnapshotHeader header) {
    if (header.format != FORMAT) {
      throw new Fault.Conflict(
          "The snapshot has format %d, this release reads format %d: restore it by the release that wrote it (%s)."
              .formatted(header.format, FORMAT, header.product));
    }
    boolean isWhole = header.salt != null && header.schema != null && header.product != null;
    if (!isWhole || header.iterations < ITERATIONS_MIN || header.iterations > ITERATIONS_MAX) {
      throw new Fault.BadRequest(NO_SNAPSHOT);
    }
    return header;
  }
}
