package io.terrarium.stateparser;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;

/// The tokens of a state's outputs, which are held as they are and so may not be of any size. They
/// are measured as they stand in the file, while they are read.
final class OutputTokens extends JsonParserDelegate {
  /// Of one output with its type.
  static final int OUTPUT_BYTES_MAX = 4 << 20;

  /// Of all outputs with their names.
  static final int OUTPUTS_BYTES_MAX = 16 << 20;

  private static final int NAME_SHOWN_CHARACTERS = 100;

  private String name = "";
  private long start;
  private long begun;
  private long before;

  OutputTokens(JsonParser tokens) {
    super(tokens);
  }

  /// The outputs begin here.
  void begin() {
    begun = position();
    start = begun;
    name = "";
  }

  /// The outputs end here; a state may have them twice.
  void end() {
    before += position() - begun;
  }

  /// The output `outputName`, whose first token is the current one.
  JsonNode read(String outputName) throws IOException {
    name = outputName;
    start = position();
    try {
      JsonNode output = Json.SNAKE.readTree(this);
      if (!output.isObject()) {
        throw StateFile.invalid("The state's output " + shownName() + " is no object.");
      }
      return output;
    } catch (StreamConstraintsException e) {
      throw StateFile.invalid(
          "The state's output "
              + shownName()
              + " is larger than "
              + OUTPUT_BYTES_MAX
              + " bytes or nested too deeply.");
    }
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    long position = position();
    if (position - start > OUTPUT_BYTES_MAX) {
      throw StateFile.invalid(
          "The state's output "
              + shownName()
              + " is larger than the "
              + OUTPUT_BYTES_MAX
              + " bytes that can be read.");
    }
    if (before + position - begun > OUTPUTS_BYTES_MAX) {
      throw StateFile.invalid(
          "The state's outputs are larger together than the "
              + OUTPUTS_BYTES_MAX
              + " bytes that can be read.");
    }
    return token;
  }

  /// Bytes, or characters of a file that is not UTF-8.
  private long position() {
    JsonLocation location = delegate.currentLocation();
    return Math.max(location.getByteOffset(), location.getCharOffset());
  }

  private String shownName() {
    return name.length() <= NAME_SHOWN_CHARACTERS
        ? name
        : name.substring(0, NAME_SHOWN_CHARACTERS) + "…";
  }
}
