package io.terrarium.atlas.ui.lab;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.lab.LabAction;
import io.terrarium.contracts.lab.LabPart;
import io.terrarium.contracts.lab.LabState;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.lab.LabNote;
import io.terrarium.core.lab.LabNotes;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The exercises, and the switches of the mesh. Everything here is for site admins, of a mesh that
/// was started as a lab.
public final class LabPages {
  private static final String LIST = "/app/mesh/labs";
  private static final String ONE = LIST + "/:lab_name";
  private static final String ANSWER = "answer";

  private final Pages pages;
  private final Lessons lessons;
  private final LabNotes notes;
  private final LabClient lab;
  private final Clock clock;

  LabPages(Pages pages, Lessons lessons, LabNotes notes, LabClient lab, Clock clock) {
    this.pages = pages;
    this.lessons = lessons;
    this.notes = notes;
    this.lab = lab;
    this.clock = clock;
  }

  /// @param api behind a session of a site admin
  void mount(Api api) {
    api.get(LIST, this::list);
    api.get(ONE, this::show);
    api.post(ONE + "/begin", this::begin);
    api.post(ONE + "/steps/:step_number/do", this::take);
    api.post(ONE + "/steps/:step_number/answer", this::answer);
    for (LabAction action : LabAction.values()) {
      api.post(LIST + "/parts/:part_name/" + action.wire(), call -> act(call, action));
    }
  }

  /// An exercise in the list.
  ///
  /// @param done how many of its steps are done
  public record Entry(String name, String title, int minutes, String lesson, int done, int steps) {}

  public record ListView(List<Entry> entries, SwitchesView switches) {}

  /// The parts of the mesh, those that matter for the exercise first.
  ///
  /// @param lab whose page they are on, "" for the list
  public record SwitchesView(List<LabPart> near, List<LabPart> others, String lab, String token) {
    static SwitchesView of(LabState mesh, List<String> near, String lab, String token) {
      return new SwitchesView(
          mesh.parts().stream().filter(part -> near.contains(part.name())).toList(),
          mesh.parts().stream().filter(part -> !near.contains(part.name())).toList(),
          lab,
          token);
    }
  }

  /// How a state is shown: what is away is not well.
  public static String tone(LabPart.State state) {
    return switch (state) {
      case RUNNING -> "good";
      case STOPPING, STARTING -> "busy";
      case STOPPED, PAUSED -> "bad";
    };
  }

  public static String word(LabPart.State state) {
    return Labs.word(state);
  }

  public static String verb(LabAction action) {
    return action.name().charAt(0) + action.wire().substring(1);
  }

  private Reply list(Call call) {
    Map<String, LabNote> done = lessons.notes(learner(call));
    List<Entry> entries =
        Exercise.ALL.stream()
            .map(exercise -> entry(exercise, Optional.ofNullable(done.get(exercise.name()))))
            .toList();
    ListView view = new ListView(entries, SwitchesView.of(lab.state(), List.of(), "", token(call)));
    return call.header("HX-Request").isPresent()
        ? pages.piece("lab/switches", view.switches())
        : pages.page(call, "Labs", Place.of(Area.MESH, "labs"), "lab/list", view);
  }

  private static Entry entry(Exercise exercise, Optional<LabNote> note) {
    LabText text = Lessons.text(exercise);
    return new Entry(
        exercise.name(),
        text.title(),
        exercise.minutes(),
        text.lesson(),
        note.map(found -> found.passed().size()).orElse(0),
        exercise.steps().size());
  }

  private Reply show(Call call) {
    Exercise exercise = exercise(call);
    LessonView view = lessons.look(learner(call), exercise, token(call));
    return call.header("HX-Request").isPresent()
        ? pages.piece("lab/steps", view)
        : pages.page(
            call,
            view.title(),
            Place.of(Area.MESH, "labs", new Crumb("Labs", LIST)),
            "lab/show",
            view);
  }

  private Reply begin(Call call) {
    Exercise exercise = exercise(call);
    notes.begin(learner(call), exercise.name(), Map.of());
    return pages.done(path(exercise), "The exercise begins.");
  }

  private Reply take(Call call) {
    Exercise exercise = exercise(call);
    Step step = step(call, exercise);
    Step.Deed deed = step.deed().orElseThrow(Fault.NotFound::new);
    lessons.take(learner(call), exercise, deed);
    return pages.done(path(exercise), "Done: " + deed.label().toLowerCase(Locale.ROOT) + ".");
  }

  private Reply answer(Call call) {
    Exercise exercise = exercise(call);
    Step step = step(call, exercise);
    boolean isRight =
        lessons.answer(learner(call), exercise, step, call.get(Form.class).text(ANSWER));
    return pages.done(
        path(exercise),
        isRight ? "That is right." : "The mesh has recorded something else. Look once more.");
  }

  private Reply act(Call call, LabAction action) {
    String part = call.path("part_name");
    if (lab.state().parts().stream().noneMatch(known -> known.name().equals(part))) {
      throw new Fault.NotFound();
    }
    lab.take(part, action);
    Optional<Exercise> here = Exercise.find(call.get(Form.class).text("lab"));
    here.ifPresent(exercise ->
        notes.note(
            learner(call),
            exercise.name(),
            Map.of(action.wire() + " " + part, Json.format(clock.instant()))));
    return pages.done(
        here.map(LabPages::path).orElse(LIST), "Asked for: %s %s.".formatted(action.wire(), part));
  }

  private static Exercise exercise(Call call) {
    return Exercise.find(call.path("lab_name")).orElseThrow(Fault.NotFound::new);
  }

  private static Step step(Call call, Exercise exercise) {
    String number = call.path("step_number");
    if (!number.matches("\\d{1,2}") || Integer.parseInt(number) >= exercise.steps().size()) {
      throw new Fault.NotFound();
    }
    return exercise.steps().get(Integer.parseInt(number));
  }

  private static String path(Exercise exercise) {
    return LIST + "/" + exercise.name();
  }

  private static UserPrincipal learner(Call call) {
    return call.get(Session.class).user();
  }

  private static String token(Call call) {
    return call.get(Session.class).formToken().value();
  }
}
