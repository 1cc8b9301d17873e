package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A relationship of a resource: to one, to many, or by a link alone.
public sealed interface Relationship {
  /// Bare identifier of a related resource.
  record Identifier(String id, String type) {}

  /// To one resource, or to none (`"data": null`).
  record One(
      @JsonInclude(Include.ALWAYS) @Nullable Identifier data,
      @JsonInclude(Include.NON_EMPTY) Map<String, String> links)
      implements Relationship {}

  record Many(List<Identifier> data, @JsonInclude(Include.NON_EMPTY) Map<String, String> links)
      implements Relationship {}

  record Linked(Map<String, String> links) implements Relationship {}

  static Relationship one(String type, String id) {
    return new One(new Identifier(id, type), Map.of());
  }

  static Relationship one(String type, String id, String related) {
    return new One(new Identifier(id, type), Map.of("related", related));
  }

  /// To `id` where it is present, else to nothing.
  static Relationship optional(String type, Optional<String> id) {
    return new One(id.map(value -> new Identifier(value, type)).orElse(null), Map.of());
  }

  static Relationship many(String type, List<String> ids) {
    return new Many(ids.stream().map(id -> new Identifier(id, type)).toList(), Map.of());
  }

  static Relationship many(String type, List<String> ids, String related) {
    return new Many(
        ids.stream().map(id -> new Identifier(id, type)).toList(), Map.of("related", related));
  }

  static Relationship linked(String related) {
    return new Linked(Map.of("related", related));
  }
}
