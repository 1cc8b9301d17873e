package io.terrarium.contracts.hop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a hop carried, in words for people. There is no way to make one but of [Shown], or by
/// reading one that was made so, so nothing gets in by being passed along.
public final class Sent {
  /// Of line and body together, in UTF-8.
  public static final int BYTES_MAX = 4096;

  private final String line;
  private final String body;
  private final boolean isCut;

  private Sent(String line, String body, boolean isCut) {
    this.line = beginning(line, BYTES_MAX);
    this.body = beginning(body, BYTES_MAX - bytes(this.line));
    this.isCut = isCut || !this.line.equals(line) || !this.body.equals(body);
  }

  public static Sent of(Shown shown) {
    try {
      return new Sent(
          shown.line(),
          Json.SNAKE.writerWithDefaultPrettyPrinter().writeValueAsString(shown.content()),
          false);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is shown is always JSON", e);
    }
  }

  @JsonCreator
  static Sent read(
      @JsonProperty("line") @Nullable String line,
      @JsonProperty("body") @Nullable String body,
      @JsonProperty("cut") boolean isCut) {
    return new Sent(
        Objects.requireNonNullElse(line, ""), Objects.requireNonNullElse(body, ""), isCut);
  }

  /// The request line, or what other media have for one.
  @JsonProperty("line")
  public String line() {
    return line;
  }

  /// Formatted JSON.
  @JsonProperty("body")
  public String body() {
    return body;
  }

  /// Whether the body was longer.
  @JsonProperty("cut")
  public boolean isCut() {
    return isCut;
  }

  /// As much of `text` as fits, in whole characters.
  private static String beginning(String text, int bytesMax) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer characters = CharBuffer.wrap(text);
    CoderResult _ = encoder.encode(characters, ByteBuffer.allocate(bytesMax), true);
    return text.substring(0, characters.position());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sent that
        && line.equals(that.line)
        && body.equals(that.body)
        && isCut == that.isCut;
  }

  @Override
  public int hashCode() {
    return Objects.hash(line, body, isCut);
  }

  @Override
  public String toString() {
    return line + " " + body;
  }
}
