package io.terrarium.atlas.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.workspace.Tag;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tag on the wire: as it is bound to something, or as it takes effect there.
public final class TagBindingResource {
  private TagBindingResource() {}

  record Attributes(String key, String value, Instant createdAt) {}

  static Resource of(Tag.Bound bound) {
    return new Resource(
        "tb-" + bound.suffix(), "tag-bindings", attributes(bound), Map.of(), Map.of());
  }

  /// @param from the project that it comes from, unless it is bound there itself
  static Resource effective(Tag.Bound bound, Optional<ProjectId> from) {
    List<String> projects = from.stream().map(ProjectId::value).toList();
    return new Resource(
        "tb-" + bound.suffix(),
        "effective-tag-bindings",
        attributes(bound),
        Map.of("inherited-from", Relationship.many("projects", projects)),
        Map.of());
  }

  /// As clients send it.
  public static Tag read(JsonNode binding) {
    JsonNode attributes = binding.path("attributes");
    String value = attributes.path("value").asText("");
    return new Tag(attributes.path("key").asText(""), value.isEmpty() ? null : value);
  }

  private static Attributes attributes(Tag.Bound bound) {
    String value = bound.tag().value();
    return new Attributes(bound.tag().key(), value == null ? "" : value, bound.createdAt());
  }
}
