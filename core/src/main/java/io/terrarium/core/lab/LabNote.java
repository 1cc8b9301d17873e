package io.terrarium.core.lab;

import java.time.Instant;
import java.util.Map;

/// How far somebody has come with an exercise.
///
/// @param lab name of the exercise
/// @param facts what is to be remembered, such as the id of the workspace that was made for it
/// @param passed when which step was found to be done
public record LabNote(
    String lab, Instant beganAt, Map<String, String> facts, Map<String, Instant> passed) {
  public LabNote {
    facts = Map.copyOf(facts);
    passed = Map.copyOf(passed);
  }

  /// "" for what nobody has noted.
  public String fact(String key) {
    return facts.getOrDefault(key, "");
  }
}
