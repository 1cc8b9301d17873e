package io.terrarium.atlas.ui.lab;

import java.util.Map;

/// What the mesh says of a step.
///
/// @param words what is so, or what is still missing
/// @param facts what is to be remembered of it
public record Finding(boolean isDone, String words, Map<String, String> facts) {
  public Finding {
    facts = Map.copyOf(facts);
  }

  static Finding done(String words) {
    return new Finding(true, words, Map.of());
  }

  static Finding open(String words) {
    return new Finding(false, words, Map.of());
  }
}
