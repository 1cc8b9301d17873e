package io.terrarium.atlas.ui.lab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An exercise as somebody has come with it.
///
/// @param lesson what it is about, as HTML of ours
/// @param hasBegun false until the learner says so
public record LessonView(
    String name,
    String title,
    int minutes,
    String lesson,
    boolean hasBegun,
    List<StepView> steps,
    LabPages.SwitchesView switches) {

  /// Where it is looked at.
  public String path() {
    return "/app/mesh/labs/" + name;
  }

  public boolean isDone() {
    return steps.stream().allMatch(step -> step.doneAt().isPresent());
  }

  /// @param body what to do, as HTML of ours
  /// @param behind what has happened, as HTML of ours; "" until the step is done
  /// @param isNext whether it is the one to do now
  /// @param words what the mesh finds, "" of steps that are not looked at yet
  /// @param deed the label of its button, "" without one
  /// @param choices empty where nothing is asked
  public record StepView(
      int number,
      String title,
      String body,
      String behind,
      boolean isNext,
      Optional<Instant> doneAt,
      String words,
      String deed,
      List<Choice> choices) {}
}
