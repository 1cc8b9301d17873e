package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON:API document that answers a request.
///
/// @param data a [Resource] or a list of them
public record Document(
    Object data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Resource> included,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> links,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> meta) {

  public static Document of(Resource resource) {
    return new Document(resource, List.of(), Map.of(), Map.of());
  }

  public static Document of(Resource resource, List<Resource> included) {
    return new Document(resource, included, Map.of(), Map.of());
  }

  /// The same with one more thing told about it.
  public Document withMeta(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(meta);
    more.put(name, value);
    return new Document(data, included, links, more);
  }

  /// A list that is never paged.
  public static Document of(List<Resource> resources) {
    return new Document(resources, List.of(), Map.of(), Map.of());
  }
}
