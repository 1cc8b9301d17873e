package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.lab.LabState;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.lab.LabNote;
import io.terrarium.core.lab.LabNotes;
import io.terrarium.kernel.Fault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks how far a learner is. Steps are found to be done one after the other, and stay so: what a
/// step looks for may be gone a minute later.
final class Lessons {
  private static final Map<String, LabText> TEXTS =
      Exercise.ALL.stream().collect(Collectors.toMap(Exercise::name, e -> LabText.of(e.name())));

  private final LabNotes notes;
  private final LabClient lab;
  private final Scene.Sources sources;
  private final Workbench.Parts tools;
  private final Clock clock;

  Lessons(
      LabNotes notes, LabClient lab, Scene.Sources sources, Workbench.Parts tools, Clock clock) {
    this.notes = notes;
    this.lab = lab;
    this.sources = sources;
    this.tools = tools;
    this.clock = clock;
  }

  static LabText text(Exercise exercise) {
    return Objects.requireNonNull(TEXTS.get(exercise.name()));
  }

  /// By the name of the exercise.
  Map<String, LabNote> notes(UserPrincipal learner) {
    return notes.list(learner).stream()
        .collect(Collectors.toMap(LabNote::lab, Function.identity()));
  }

  LessonView look(UserPrincipal learner, Exercise exercise, String formToken) {
    LabText text = text(exercise);
    LabState mesh = lab.state();
    Optional<LabNote> note = notes.find(learner, exercise.name());
    return new LessonView(
        exercise.name(),
        text.title(),
        exercise.minutes(),
        text.lesson(),
        note.isPresent(),
        note.map(found -> steps(new Scene(learner, found, mesh, sources), exercise, found))
            .orElse(List.of()),
        LabPages.SwitchesView.of(mesh, exercise.parts(), exercise.name(), formToken));
  }

  private List<LessonView.StepView> steps(Scene scene, Exercise exercise, LabNote note) {
    List<LessonView.StepView> steps = new ArrayList<>();
    boolean isReached = true;
    for (int i = 0; i < exercise.steps().size(); i++) {
      Optional<Instant> doneAt = Optional.ofNullable(note.passed().get(Integer.toString(i)));
      String words = "";
      boolean isNext = isReached && doneAt.isEmpty();
      if (isNext) {
        Finding finding = exercise.steps().get(i).check().look(scene);
        words = finding.words();
        if (finding.isDone()) {
          notes.pass(scene.learner(), exercise.name(), Integer.toString(i));
          notes.note(scene.learner(), exercise.name(), Map.of(words(i), words));
          doneAt = Optional.of(clock.instant());
          isNext = false;
        } else {
          isReached = false;
        }
      }
      steps.add(view(scene, exercise, i, isNext, doneAt, words));
    }
    return steps;
  }

  /// Where the last words of a step are kept.
  private static String words(int step) {
    return "words " + step;
  }

  private static LessonView.StepView view(
      Scene scene,
      Exercise exercise,
      int index,
      boolean isNext,
      Optional<Instant> doneAt,
      String words) {
    LabText.Section section = text(exercise).sections().get(index);
    Map<String, String> places = places(scene);
    Step step = exercise.steps().get(index);
    return new LessonView.StepView(
        index,
        section.title(),
        LabText.html(section.body(), places),
        doneAt.isPresent() ? LabText.html(section.behind(), places) : "",
        isNext,
        doneAt,
        words.isEmpty() ? scene.fact(words(index)) : words,
        step.deed().map(Step.Deed::label).orElse(""),
        step.question().map(Step.Question::choices).orElse(List.of()));
  }

  /// What stands for the names in the texts.
  private static Map<String, String> places(Scene scene) {
    Map<String, String> places = new HashMap<>();
    places.put("options", scene.mesh().options());
    places.put("repository", scene.fact(ForgeAWebhook.REPOSITORY));
    for (String key : List.of("workspace", "second", "urgent")) {
      String name = scene.fact(key + "-name");
      places.put(
          key,
          name.isEmpty()
              ? "/app/" + Workbench.ORGANIZATION + "/workspaces"
              : "/app/" + Workbench.ORGANIZATION + "/workspaces/" + name);
    }
    places.put(
        "flow",
        scene
            .newestRun(Labs.WORKSPACE)
            .map(run -> "/app/mesh/flows/" + run.id())
            .orElse("/app/mesh"));
    return places;
  }

  /// Does what the learner's button says.
  void take(UserPrincipal learner, Exercise exercise, Step.Deed deed) {
    Scene scene = scene(learner, exercise);
    Map<String, String> facts = deed.work().take(scene, new Workbench(tools, learner));
    notes.note(learner, exercise.name(), facts);
  }

  /// Whether it is what the mesh has recorded.
  boolean answer(UserPrincipal learner, Exercise exercise, Step step, String value) {
    Step.Question question = step.question().orElseThrow(Fault.NotFound::new);
    boolean isRight = question.right().is(scene(learner, exercise), value);
    if (isRight) {
      notes.note(learner, exercise.name(), Map.of(question.key(), value));
    }
    return isRight;
  }

  private Scene scene(UserPrincipal learner, Exercise exercise) {
    LabNote note =
        notes
            .find(learner, exercise.name())
            .orElseThrow(() -> new Fault.Conflict("Begin the exercise first."));
    return new Scene(learner, note, lab.state(), sources);
  }
}
