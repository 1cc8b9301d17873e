package io.terrarium.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Parameters of a request, or of one item of its batch. Numbers and switches may come as text, as
/// Vault's own command line sends them.
record Input(JsonNode fields) {
  static Input of(Call call) {
    byte[] bytes = call.body();
    try {
      JsonNode tree =
          bytes.length == 0 ? Json.SNAKE.createObjectNode() : Json.SNAKE.readTree(bytes);
      if (tree.isObject()) {
        return new Input(tree);
      }
    } catch (IOException e) {
      throw new VaultFault(400, "failed to parse JSON input: it is not JSON", e);
    }
    throw new VaultFault(400, "failed to parse JSON input: it is not an object");
  }

  boolean has(String name) {
    return fields.hasNonNull(name);
  }

  Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = fields.path(name);
    if (!value.isTextual()) {
      throw new VaultFault(400, name + " must be a text");
    }
    return Optional.of(value.asText());
  }

  OptionalInt integer(String name) {
    JsonNode value = fields.path(name);
    if (!has(name)) {
      return OptionalInt.empty();
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return OptionalInt.of(value.asInt());
    }
    try {
      return OptionalInt.of(Integer.parseInt(value.asText()));
    } catch (NumberFormatException e) {
      throw new VaultFault(400, name + " must be a whole number", e);
    }
  }

  Optional<Boolean> flag(String name) {
    return has(name) ? Optional.of(isTrue(name, fields.path(name).asText())) : Optional.empty();
  }

  static boolean isTrue(String name, String value) {
    return switch (value) {
      case "true", "True", "TRUE", "t", "T", "1" -> true;
      case "false", "False", "FALSE", "f", "F", "0", "" -> false;
      default -> throw new VaultFault(400, name + " must be true or false");
    };
  }

  /// Bytes that come in base64; none when the field is not there.
  byte[] base64(String name) {
    return text(name).map(text -> decode(text, name)).orElse(new byte[0]);
  }

  static byte[] decode(String base64, String name) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new VaultFault(400, "failed to base64-decode " + name, e);
    }
  }

  /// Items of the batch; empty when it is no batch.
  Optional<List<Input>> batch() {
    JsonNode batch = fields.path("batch_input");
    if (!has("batch_input")) {
      return Optional.empty();
    }
    List<Input> items = new ArrayList<>();
    for (JsonNode item : batch) {
      if (!item.isObject()) {
        throw new VaultFault(400, "failed to parse batch input: each item must be an object");
      }
      items.add(new Input(item));
    }
    if (items.isEmpty()) {
      throw new VaultFault(400, "missing batch input to process");
    }
    return Optional.of(items);
  }

  /// Refuses by name what would have no effect here.
  void allow(Set<String> names) {
    Set<String> others = new TreeSet<>();
    fields.fieldNames().forEachRemaining(others::add);
    others.removeAll(names);
    if (!others.isEmpty()) {
      throw new VaultFault(400, "not supported by this vault: " + String.join(", ", others));
    }
  }
}
