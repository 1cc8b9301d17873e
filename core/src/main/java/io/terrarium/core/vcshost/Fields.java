package io.terrarium.core.vcshost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What a [Sieve] has kept, by paths such as `head.repo.full_name`.
///
/// @param isWhole false where lists were too long to be kept
record Fields(JsonNode node, boolean isWhole) {
  /// Nothing at all.
  static final Fields NONE = new Fields(MissingNode.getInstance(), true);

  /// A field that the documentation promises is not there.
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String path) {
      super("it has no " + path);
    }
  }

  Fields at(String path) {
    JsonNode at = node;
    for (String name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return new Fields(at, isWhole);
  }

  /// Empty where it is absent, empty, or no text.
  Optional<String> find(String path) {
    return Optional.of(at(path).node.asText("")).filter(text -> !text.isEmpty());
  }

  @Nullable String text(String path) {
    return find(path).orElse(null);
  }

  String text(String path, String otherwise) {
    return find(path).orElse(otherwise);
  }

  /// The first of these that is there.
  @Nullable String first(String... paths) {
    return Stream.of(paths).flatMap(path -> find(path).stream()).findFirst().orElse(null);
  }

  String required(String path) {
    return find(path).orElseThrow(() -> new Missing(path));
  }

  /// Numbers are kept as they are written.
  long requiredNumber(String path) {
    String text = required(path);
    if (!text.matches("\\d{1,18}")) {
      throw new Missing(path + " that is a number");
    }
    return Long.parseLong(text);
  }

  long number(String path, long otherwise) {
    return has(path) ? requiredNumber(path) : otherwise;
  }

  boolean is(String path) {
    return at(path).node.asBoolean(false);
  }

  /// Whether it is there and not null.
  boolean has(String path) {
    JsonNode at = at(path).node;
    return !at.isMissingNode() && !at.isNull();
  }

  /// Itself at the path "".
  List<Fields> list(String path) {
    JsonNode list = path.isEmpty() ? node : at(path).node;
    return list.isArray()
        ? StreamSupport.stream(list.spliterator(), false)
            .map(element -> new Fields(element, isWhole))
            .toList()
        : List.of();
  }

  List<String> texts(String path) {
    return list(path).stream()
        .map(element -> element.node.asText(""))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
