package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/// A JSON:API resource object.
///
/// @param attributes a record; its components become kebab-case keys
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resource(
    String id,
    String type,
    @JsonInclude(JsonInclude.Include.NON_NULL) Object attributes,
    Map<String, Relationship> relationships,
    Map<String, String> links) {

  public Resource withLink(String name, String address) {
    Map<String, String> more = new java.util.LinkedHashMap<>(links);
    more.put(name, address);
    return new Resource(id, type, attributes, relationships, more);
  }
}
