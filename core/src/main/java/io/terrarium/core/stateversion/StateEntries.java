package io.terrarium.core.stateversion;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/// Reads a state file of format 4 token by token, and hands on one instance of a resource, or one
/// output, at a time; none is held here.
final class StateEntries {
  /// Of one instance or output.
  static final int ENTRY_BYTES_MAX = 4 << 20;

  private static final int FORMAT = 4;
  private static final ObjectReader VALUES =
      Json.SNAKE.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Tokens tokens;
  private final Reader reader;

  /// Takes what is read.
  interface Reader {
    void take(StateEntry entry);
  }

  private StateEntries(Tokens tokens, Reader reader) {
    this.tokens = tokens;
    this.reader = reader;
  }

  /// @throws Fault.Conflict when it is no state that can be read here
  static void read(InputStream bytes, Reader reader) throws IOException {
    try (Tokens tokens = new Tokens(Json.SNAKE.getFactory().createParser(bytes))) {
      new StateEntries(tokens, reader).readAll();
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  private void readAll() throws IOException {
    require(tokens.nextToken() == JsonToken.START_OBJECT);
    int format = 0;
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      JsonToken value = tokens.nextToken();
      switch (field) {
        case "version" -> format = tokens.getValueAsInt();
        case "outputs" -> readOutputs(value);
        case "resources" -> readResources(value);
        default -> tokens.skipChildren();
      }
    }
    require(format == FORMAT);
  }

  private void readOutputs(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    require(value == JsonToken.START_OBJECT);
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String name = tokens.currentName();
      tokens.nextToken();
      Tokens.Read read = tokens.read();
      JsonNode output = read.tree();
      ObjectNode attributes = JsonNodeFactory.instance.objectNode();
      attributes.set("value", output.path("value"));
      boolean isHidden = output.path("sensitive").asBoolean(false) || StateEntry.isSecret(name);
      reader.take(new StateEntry("output." + name, attributes, isHidden, Set.of(), read.bytes()));
    }
  }

  private void readResources(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    require(value == JsonToken.START_ARRAY);
    while (tokens.nextToken() == JsonToken.START_OBJECT) {
      readResource();
    }
  }

  /// Terraform writes what a resource is before its instances.
  private void readResource() throws IOException {
    String module = "";
    String mode = "";
    String type = "";
    String name = "";
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      JsonToken value = tokens.nextToken();
      switch (field) {
        case "module" -> module = tokens.getValueAsString("") + ".";
        case "mode" -> mode = tokens.getValueAsString("");
        case "type" -> type = tokens.getValueAsString("");
        case "name" -> name = tokens.getValueAsString("");
        case "instances" -> {
          require(!type.isEmpty() && !name.isEmpty());
          String data = mode.equals("data") ? "data." : "";
          readInstances(value, module + data + type + "." + name, StateEntry.isSecret(type));
        }
        default -> tokens.skipChildren();
      }
    }
  }

  private void readInstances(JsonToken value, String resource, boolean isHidden)
      throws IOException {
    require(value == JsonToken.START_ARRAY);
    while (tokens.nextToken() == JsonToken.START_OBJECT) {
      Tokens.Read read = tokens.read();
      JsonNode instance = read.tree();
      ObjectNode attributes = JsonNodeFactory.instance.objectNode();
      if (instance.path("attributes") instanceof ObjectNode given) {
        attributes.setAll(given);
      }
      if (instance.path("status").isTextual()) {
        attributes.set("(status)", instance.path("status"));
      }
      Set<String> hidden = new HashSet<>();
      // Asked in any case, since it collects the hidden ones.
      boolean isSelfHidden = hidden(instance.path("sensitive_attributes"), hidden);
      boolean isWholeHidden = isHidden || isSelfHidden;
      reader.take(
          new StateEntry(
              resource + suffix(instance), attributes, isWholeHidden, hidden, read.bytes()));
    }
  }

  /// Adds the attributes at which the paths to sensitive values begin.
  ///
  /// @return whether there is a path that hides everything, or that is not understood
  private static boolean hidden(JsonNode paths, Set<String> into) {
    boolean isWhole = false;
    for (JsonNode path : paths) {
      JsonNode first = path instanceof ArrayNode steps ? steps.path(0).path("value") : path;
      if (first.isTextual()) {
        into.add(first.textValue());
      } else {
        isWhole = true;
      }
    }
    return isWhole;
  }

  private static String suffix(JsonNode instance) {
    JsonNode key = instance.path("index_key");
    String index = key.isMissingNode() || key.isNull() ? "" : "[" + key + "]";
    JsonNode deposed = instance.path("deposed");
    return deposed.isTextual() ? index + " (deposed " + deposed.textValue() + ")" : index;
  }

  private static void require(boolean isAsExpected) {
    if (!isAsExpected) {
      throw unreadable();
    }
  }

  private static Fault.Conflict unreadable() {
    return new Fault.Conflict(
        "What is stored is not a state that can be read here: JSON of format 4, as terraform 0.12"
            + " and newer write it.");
  }

  /// Measures what is held as a tree, while it is read.
  private static final class Tokens extends JsonParserDelegate {
    private static final long NOWHERE = -1;

    private long start = NOWHERE;

    Tokens(JsonParser tokens) {
      super(tokens);
    }

    /// What begins at the current token.
    record Read(JsonNode tree, long bytes) {}

    Read read() throws IOException {
      start = position();
      JsonNode tree = VALUES.readTree(this);
      Read read = new Read(tree, position() - start);
      start = NOWHERE;
      return read;
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = delegate.nextToken();
      if (start != NOWHERE && position() - start > ENTRY_BYTES_MAX) {
        throw new Fault.Conflict(
            "The state holds a resource or an output of more than "
                + ENTRY_BYTES_MAX
                + " bytes, which is too much to be compared here.");
      }
      return token;
    }

    /// Bytes, or characters of a file that is not UTF-8.
    private long position() {
      JsonLocation location = delegate.currentLocation();
      return Math.max(location.getByteOffset(), location.getCharOffset());
    }
  }
}
