package io.terrarium.atlas.ui.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One step of an exercise: what the learner does, and how the mesh finds that it is done.
record Step(Check check, Optional<Deed> deed, Optional<Question> question) {
  @FunctionalInterface
  interface Check {
    Finding look(Scene scene);
  }

  /// What the page does for the learner, by a button.
  record Deed(String label, Work work) {}

  @FunctionalInterface
  interface Work {
    /// What is to be remembered of it.
    Map<String, String> take(Scene scene, Workbench bench);
  }

  /// A question whose answer the learner has seen.
  ///
  /// @param key under which the answer is remembered
  /// @param right which choice it is, as the mesh itself has recorded it
  record Question(String key, List<Choice> choices, Right right) {}

  @FunctionalInterface
  interface Right {
    boolean is(Scene scene, String value);
  }

  static Step seen(Check check) {
    return new Step(check, Optional.empty(), Optional.empty());
  }

  /// With a button for as long as it is not done.
  static Step by(String label, Work work, Check check) {
    return new Step(check, Optional.of(new Deed(label, work)), Optional.empty());
  }

  static Step asked(String key, List<Choice> choices, Right right) {
    return new Step(
        scene ->
            scene.fact(key).isEmpty()
                ? Finding.open("Answer, and the mesh compares it with what it has recorded.")
                : Finding.done("The mesh has recorded the same."),
        Optional.empty(),
        Optional.of(new Question(key, choices, right)));
  }
}
