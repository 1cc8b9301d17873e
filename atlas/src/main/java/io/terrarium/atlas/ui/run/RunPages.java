package io.terrarium.atlas.ui.run;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.workspace.WorkspacePages;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunActions;
import io.terrarium.core.run.RunComments;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.RunPhase;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run: its stages, their logs, who did what, and what may be done with it now.
public final class RunPages {
  private static final String ONE =
      "/app/:organization_name/workspaces/:workspace_name/runs/:run_id";

  private final Pages pages;
  private final Runs runs;
  private final RunActions actions;
  private final RunComments comments;
  private final RunObjects objects;
  private final Users users;
  private final InstantSource clock;

  public RunPages(Pages pages, Parts parts) {
    this.pages = pages;
    runs = parts.runs();
    actions = parts.actions();
    comments = parts.comments();
    objects = parts.objects();
    users = parts.users();
    clock = parts.clock();
  }

  /// What the page shows and does.
  public record Parts(
      Runs runs,
      RunActions actions,
      RunComments comments,
      RunObjects objects,
      Users users,
      InstantSource clock) {}

  public void mount(Api api) {
    api.get(ONE, this::show);
    api.post(ONE + "/apply", call -> act(call, actions::confirm, "The plan is confirmed."));
    api.post(ONE + "/discard", call -> act(call, actions::discard, "The run is discarded."));
    api.post(ONE + "/cancel", call -> act(call, actions::cancel, "The run is told to end."));
    api.post(
        ONE + "/force-cancel",
        call -> act(call, actions::forceCancel, "The run was ended at once."));
    api.post(ONE + "/comment", this::comment);
  }

  /// The plan or the apply.
  ///
  /// @param logPath from which its log is read, signed; empty where there is none
  /// @param planPath from which the plan is read, signed, its sensitive values masked; empty where
  ///   there is none
  public record Stage(
      String title, RunPhase phase, Optional<String> logPath, Optional<String> planPath) {}

  /// A line of the history.
  ///
  /// @param who "" where nobody did it
  /// @param comment "" where nothing was said
  public record Event(String words, Instant at, String who, String comment) {}

  /// @param path of this page
  public record View(
      Run run,
      String path,
      List<Stage> stages,
      List<Event> events,
      String createdBy,
      Buttons buttons,
      String formToken) {}

  /// By which way a run came, in words.
  public static String source(String wire) {
    return switch (wire) {
      case "tfe-ui" -> "from the browser";
      case "tfe-api" -> "by API or CLI";
      case "tfe-configuration-version" -> "by a new configuration";
      case "tfe-run-trigger" -> "by a run trigger";
      default -> wire;
    };
  }

  /// What the reader may do now.
  ///
  /// @param secondsUntilForce after which a cancel that is not heeded may be forced; 0 where that
  ///   is not awaited
  public record Buttons(
      boolean confirm,
      boolean discard,
      boolean cancel,
      boolean forceCancel,
      long secondsUntilForce,
      boolean comment) {
    /// Whether the run may be moved at all.
    public boolean any() {
      return confirm || discard || cancel || forceCancel;
    }
  }

  private interface Action {
    void take(Principal caller, RunId id, Optional<String> comment);
  }

  private Reply act(Call call, Action action, String done) {
    VisibleRun found = find(call);
    Optional<String> words = call.get(Form.class).find("comment");
    action.take(call.get(Principal.class), found.run().id(), words);
    return pages.done(path(call), done);
  }

  private Reply comment(Call call) {
    VisibleRun found = find(call);
    String words =
        call.get(Form.class)
            .find("comment")
            .orElseThrow(() -> new Fault.Invalid("body", "A comment has at least one character"));
    comments.say(call.get(Principal.class), found.run().id(), words);
    return pages.done(path(call) + "#history", "The comment is there.");
  }

  /// A run is there below its own workspace alone.
  private VisibleRun find(Call call) {
    VisibleRun found = runs.find(call.get(Principal.class), call.path("run_id", RunId::new));
    if (!found.run().organizationName().equals(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    call.put(WorkspaceAccess.class, found.access());
    return found;
  }

  private static String path(Call call) {
    return WorkspacePages.path(call.path("organization_name"), call.path("workspace_name"))
        + "/runs/"
        + call.path("run_id");
  }

  /// The whole page, or the piece of it that changes while the run goes on.
  private Reply show(Call call) {
    VisibleRun found = find(call);
    View view = view(call, found);
    if (call.header("HX-Request").isPresent()) {
      return pages.piece("run/live", view);
    }
    Run run = found.run();
    String title = run.options().message().isBlank() ? run.id().value() : run.options().message();
    Place place =
        WorkspacePages.place(call.path("organization_name"), call.path("workspace_name"), "runs");
    return pages.page(call, title, place, "run/show", view);
  }

  private View view(Call call, VisibleRun found) {
    Run run = found.run();
    List<RunPhase> phases = runs.phases(found);
    List<Runs.RunEventView> events = runs.events(List.of(found));
    Map<String, String> names = names(call.get(Principal.class), run, events);
    return new View(
        run,
        path(call),
        List.of(stage("Plan", phases.getFirst()), stage("Apply", phases.getLast())),
        history(found, events, names),
        who(names, run.createdBy() == null ? null : run.createdBy().value()),
        buttons(found),
        call.get(Session.class).formToken().value());
  }

  private List<Event> history(
      VisibleRun found, List<Runs.RunEventView> events, Map<String, String> names) {
    Map<String, String> said =
        runs.comments(List.of(found)).stream()
            .collect(Collectors.toMap(Runs.CommentView::id, Runs.CommentView::body));
    return events.stream()
        .map(event ->
            new Event(
                words(found.run(), event),
                event.createdAt(),
                who(names, event.actor()),
                Optional.ofNullable(event.comment()).map(said::get).orElse("")))
        .toList();
  }

  /// A run is canceled once, and by force where it is marked so; the wish before it is an event of
  /// its own.
  private static String words(Run run, Runs.RunEventView event) {
    if (event.action().equals("canceled") && run.forceCanceledAt() != null) {
      return "Canceled by force";
    }
    String words = event.action().replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// Site admins may act where they do not belong, and people leave: the reader learns no more of
  /// them than that.
  private static String who(Map<String, String> names, @Nullable String user) {
    return user == null ? "" : names.getOrDefault(user, "someone outside the organization");
  }

  private Stage stage(String title, RunPhase phase) {
    boolean hasLog = phase.attempt() > 0 && phase.kept().isThere();
    boolean hasPlan =
        hasLog && phase.phase() == Phase.PLAN && phase.status() == RunPhase.Status.FINISHED;
    return new Stage(
        title,
        phase,
        hasLog ? Optional.of(objects.readLog(phase.id())) : Optional.empty(),
        hasPlan ? Optional.of(objects.readPlanJsonRedacted(phase)) : Optional.empty());
  }

  /// One question for all who did something.
  private Map<String, String> names(Principal caller, Run run, List<Runs.RunEventView> events) {
    List<UserId> ids =
        Stream.concat(
                Stream.ofNullable(run.createdBy()),
                events.stream()
                    .map(Runs.RunEventView::actor)
                    .filter(Objects::nonNull)
                    .map(UserId::new))
            .distinct()
            .toList();
    return users.findAll(caller, ids).stream()
        .collect(Collectors.toMap(user -> user.id().value(), User::username));
  }

  private Buttons buttons(VisibleRun found) {
    Run run = found.run();
    Instant now = clock.instant();
    boolean mayForce = found.access().allows(WorkspaceRight.FORCE_UNLOCK);
    boolean mayApply = found.access().allows(WorkspaceRight.APPLY_RUN);
    boolean mayCancel =
        run.options().planOnly() ? found.access().allows(WorkspaceRight.QUEUE_RUN) : mayApply;
    return new Buttons(
        mayApply && run.isConfirmable(),
        mayApply && run.isDiscardable(),
        mayCancel && run.isCancelable(),
        mayForce && run.isForceCancelable(now),
        mayForce ? secondsUntilForce(run, now) : 0,
        found.access().allows(WorkspaceRight.QUEUE_RUN));
  }

  /// Rounded up, so that the wait is over when they are.
  private static long secondsUntilForce(Run run, Instant now) {
    Instant at = run.forceCancelAvailableAt();
    return at != null && run.isForceCancelable(at) && now.isBefore(at)
        ? Duration.between(now, at).toSeconds() + 1
        : 0;
  }
}
