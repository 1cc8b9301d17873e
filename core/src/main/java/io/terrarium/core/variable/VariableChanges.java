package io.terrarium.core.variable;

import io.terrarium.kernel.jsonapi.Patch;

/// What a client wants set; what it left out stays.
public record VariableChanges(
    Patch<String> key,
    Patch<String> value,
    Patch<String> description,
    Patch<String> category,
    Patch<Boolean> hcl,
    Patch<Boolean> sensitive) {
  @Override
  public String toString() {
    return "VariableChanges[" + key + "]";
  }
}
