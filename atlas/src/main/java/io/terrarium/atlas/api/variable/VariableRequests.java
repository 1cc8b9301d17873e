package io.terrarium.atlas.api.variable;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.variable.VariableChanges;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;

/// Reads what clients send about variables, and what people fill in.
public final class VariableRequests {
  private VariableRequests() {}

  static VariableChanges changes(Call call) {
    return changes(Incoming.of(call, "vars"));
  }

  /// A variable that is a part of something else.
  ///
  /// @param pointer to it
  public static VariableChanges changes(JsonNode variable, String pointer) {
    return changes(Incoming.within(variable, pointer));
  }

  public static VariableChanges changes(Incoming body) {
    VariableChanges changes =
        new VariableChanges(
            body.text("key"),
            body.text("value"),
            body.text("description"),
            body.text("category"),
            body.flag("hcl"),
            body.flag("sensitive"));
    body.check();
    return changes;
  }
}
