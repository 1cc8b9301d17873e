package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.buildworker.fault.BuildFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The fields of one object of a script; whatever is wrong is told with the path of its field.
final class Fields {
  private final ObjectNode object;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  private Fields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /// @param path of `node` in the script, "" for the whole
  static Fields of(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      return new Fields(object, path);
    }
    throw fault(path.isEmpty() ? "the script" : path, "must be an object");
  }

  static BuildFault fault(String field, String complaint) {
    return new BuildFault(Script.FILE + ": " + field + " " + complaint + ".");
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// The object of that name, an empty one when it is absent.
  Fields object(String name) {
    return find(name)
        .map(node -> of(node, path(name)))
        .orElseGet(() -> new Fields(object.objectNode(), path(name)));
  }

  /// The object of that name as it is.
  Optional<ObjectNode> document(String name) {
    return find(name).map(node -> of(node, path(name)).object);
  }

  List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    find(name)
        .ifPresent(list -> {
          if (!list.isArray()) {
            throw fault(path(name), "must be an array of lines");
          }
          for (JsonNode line : list) {
            if (!line.isTextual()) {
              throw fault(path(name) + "[" + lines.size() + "]", "must be a string");
            }
            lines.add(line.textValue());
          }
        });
    return List.copyOf(lines);
  }

  /// A whole number from 0 to `most`, 0 when it is absent.
  int number(String name, int most) {
    Optional<JsonNode> node = find(name);
    if (node.isEmpty()) {
      return 0;
    }
    if (!node.get().isInt() || node.get().intValue() < 0 || node.get().intValue() > most) {
      throw fault(path(name), "must be a whole number from 0 to " + most);
    }
    return node.get().intValue();
  }

  Optional<Boolean> flag(String name) {
    return find(name)
        .map(node -> {
          if (!node.isBoolean()) {
            throw fault(path(name), "must be true or false");
          }
          return node.booleanValue();
        });
  }

  /// One of these words, the first when it is absent.
  String word(String name, String... words) {
    Optional<JsonNode> node = find(name);
    if (node.isEmpty()) {
      return words[0];
    }
    String word = node.get().asText();
    if (!node.get().isTextual() || !Arrays.asList(words).contains(word)) {
      throw fault(path(name), "must be one of " + String.join(", ", words));
    }
    return word;
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  /// Complains of a field that nobody asked for: it is misspelled.
  void nothingElse() {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!asked.contains(name)) {
            throw fault(
                path(name),
                "is unknown; known here: " + String.join(", ", asked.stream().sorted().toList()));
          }
        });
  }

  private Optional<JsonNode> find(String name) {
    asked.add(name);
    return Optional.ofNullable(object.get(name));
  }
}
