package io.terrarium.atlas.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import java.util.ArrayList;
import java.util.List;

/// The bare resources that clients name in lists, each with its type and id.
public final class Identifiers {
  private Identifiers() {}

  /// The elements of the body's `data`, which must be a list.
  public static List<JsonNode> elements(Call call) {
    JsonNode data =
        call.tree()
            .map(tree -> tree.path("data"))
            .filter(JsonNode::isArray)
            .orElseThrow(
                () -> new Fault.BadRequest("The body must be a document whose `data` is a list."));
    List<JsonNode> elements = new ArrayList<>();
    data.forEach(elements::add);
    return elements;
  }

  /// The ids of the resources that are the whole body.
  public static List<String> of(Call call, String type) {
    return of(elements(call), type, "/data");
  }

  /// The ids of `elements`, which must all be of `type`.
  ///
  /// @param pointer to their list
  public static List<String> of(List<JsonNode> elements, String type, String pointer) {
    List<String> ids = new ArrayList<>();
    List<Fault.Problem> problems = new ArrayList<>();
    for (int at = 0; at < elements.size(); at++) {
      JsonNode element = elements.get(at);
      if (!element.path("type").asText().equals(type)) {
        problems.add(new Fault.Problem("Type must be " + type, pointer + "/" + at + "/type"));
      } else if (!element.path("id").isTextual()) {
        problems.add(
            new Fault.Problem("Id must be that of one of the " + type, pointer + "/" + at + "/id"));
      } else {
        ids.add(element.path("id").asText());
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return ids;
  }
}
