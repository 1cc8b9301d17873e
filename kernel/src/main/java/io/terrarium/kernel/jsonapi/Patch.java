package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An attribute of a PATCH: left out, set to null, and set to a value are three things.
public sealed interface Patch<T> {
  /// Left out: stays as it is.
  record Absent<T>() implements Patch<T> {}

  /// Explicitly null.
  record Null<T>() implements Patch<T> {}

  record Value<T>(T value) implements Patch<T> {}

  /// Reads `node`, which is null where the attribute was left out.
  static <T> Patch<T> of(@Nullable JsonNode node, Function<JsonNode, T> read) {
    if (node == null) {
      return new Absent<>();
    }
    return node.isNull() ? new Null<>() : new Value<>(read.apply(node));
  }

  /// The new value: the given one, `cleared` for null, `current` when left out.
  default T over(T current, T cleared) {
    return switch (this) {
      case Absent<T> _ -> current;
      case Null<T> _ -> cleared;
      case Value<T>(T value) -> value;
    };
  }

  /// The new value where null means the same as left out.
  default T over(T current) {
    return over(current, current);
  }

  /// The value, if one was given.
  default Optional<T> given() {
    return switch (this) {
      case Absent<T> _, Null<T> _ -> Optional.empty();
      case Value<T>(T value) -> Optional.of(value);
    };
  }
}
