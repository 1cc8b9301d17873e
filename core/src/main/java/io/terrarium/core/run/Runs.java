package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What people and clients do with runs. Each method is one transaction; a move that another was
/// faster to make is a conflict, and nothing of it is written.
public final class Runs {
  private static final Duration FORCE_CANCEL_AFTER = Duration.ofSeconds(30);

  private final Database database;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final Access access;
  private final RunCreation creation;
  private final RunSteps steps;
  private final RunStore store = new RunStore();
  private final RunListStore lists = new RunListStore();
  private final RunQueue queue = new RunQueue();
  private final PhaseStore phases = new PhaseStore();
  private final RunEventStore events = new RunEventStore();

  Runs(RunParts parts, Access access, RunCreation creation, RunSteps steps) {
    this.database = parts.database();
    this.outbox = parts.outbox();
    this.clock = parts.clock();
    this.ids = parts.ids();
    this.access = access;
    this.creation = creation;
    this.steps = steps;
  }

  /// A run with what its caller may do in its workspace.
  public record Visible(Run run, WorkspaceAccess access) {}

  public Visible create(Principal caller, NewRun asked) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, asked.workspace());
      rights.require(WorkspaceRight.QUEUE_RUN);
      Run run = creation.create(db, rights.key(), asked, caller.person().orElse(null));
      return new Visible(run, rights);
    });
  }

  /// A configuration with `auto-queue-runs` has been uploaded: its run follows by itself.
  public void createFor(Handle db, ConfigurationVersion configuration, @Nullable Long userKey) {
    NewRun asked =
        new NewRun(
            configuration.workspaceId(),
            Optional.of(configuration.id()),
            Optional.of("Queued automatically by a configuration upload"),
            "tfe-configuration-version",
            false,
            true,
            false,
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            configuration.provisional(),
            false,
            false,
            Optional.empty(),
            null,
            null,
            List.of());
    creation.create(db, configuration.workspaceKey(), asked, userKey);
  }

  /// @throws Fault.NotFound when it is not there or the caller may not see it
  public Visible find(Principal caller, RunId id) {
    return database.read(db -> visible(db, caller, id));
  }

  /// The phase that `phaseId` names, with its run.
  public record VisiblePhase(RunPhase phase, Run run, WorkspaceAccess access) {}

  public VisiblePhase phase(Principal caller, String phaseId) {
    return database.read(db -> {
      RunPhase phase = phases.find(db, phaseId).orElseThrow(Fault.NotFound::new);
      Run run = store.find(db, phase.runKey()).orElseThrow(Fault.NotFound::new);
      WorkspaceAccess rights = access.workspace(db, caller, run.workspaceId());
      rights.require(WorkspaceRight.READ_RUNS);
      return new VisiblePhase(phase, run, rights);
    });
  }

  /// Newest first.
  public Paged<Visible> list(
      Principal caller,
      WorkspaceId workspace,
      List<String> statuses,
      List<String> operations,
      Page page) {
    RunListStore.Filter filter = new RunListStore.Filter(statuses, operations);
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      rights.require(WorkspaceRight.READ_RUNS);
      List<Visible> runs =
          lists.ofWorkspace(db, rights.key(), filter, page).stream()
              .map(run -> new Visible(run, rights))
              .toList();
      return new Paged<>(runs, page, lists.countOfWorkspace(db, rights.key(), filter));
    });
  }

  /// The variables that were given with the run itself.
  public List<NewRun.Variable> variables(Run run) {
    return creation.given(run);
  }

  /// The organization's runs that wait or work, oldest first.
  public Paged<Visible> queue(Principal caller, String organization, Page page) {
    return database.read(db -> {
      OrganizationAccess rights = access.organization(db, caller, organization);
      List<Visible> runs =
          lists.queue(db, rights.key(), page).stream()
              .map(run -> new Visible(run, access.workspace(db, caller, run.workspaceId())))
              .toList();
      return new Paged<>(runs, page, lists.queueSize(db, rights.key()));
    });
  }

  /// How many runs of the organization wait for room, and how many work.
  public record InFlight(String organization, long pending, long running) {}

  public InFlight inFlight(Principal caller, String organization) {
    return database.read(db -> {
      OrganizationAccess rights = access.organization(db, caller, organization);
      RunListStore.Capacity capacity = lists.capacity(db, rights.key());
      return new InFlight(rights.name(), capacity.pending(), capacity.running());
    });
  }

  /// Lets the planned changes be applied.
  public void confirm(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      Visible found = locked(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      steps.confirm(db, found.run(), caller.person().orElse(null));
    });
  }

  public void discard(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      Visible found = locked(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      steps.move(db, found.run(), RunMove.DISCARD, caller.person().orElse(null));
    });
  }

  /// Ends a waiting run at once; asks the worker of a running one to interrupt terraform.
  public void cancel(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      Visible found = locked(db, caller, id);
      found
          .access()
          .require(
              found.run().options().planOnly()
                  ? WorkspaceRight.QUEUE_RUN
                  : WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      cancel(db, found.run(), caller.person().orElse(null));
    });
  }

  private void cancel(Handle db, Run run, @Nullable Long actorKey) {
    if (!run.isCancelable()) {
      throw new Fault.Conflict(
          "The run is " + run.status().wire() + " and cannot be canceled now.");
    }
    Instant now = clock.instant();
    boolean working = run.status() == RunStatus.PLANNING || run.status() == RunStatus.APPLYING;
    store.setCanceled(
        db,
        run.key(),
        working ? Run.CancelWish.INTERRUPT : null,
        now,
        now.plus(FORCE_CANCEL_AFTER));
    if (working) {
      steps.record(db, run, "cancel_requested", actorKey);
      signalCancel(db, run);
    } else {
      steps.move(db, run, RunMove.CANCEL, actorKey);
    }
  }

  private void signalCancel(Handle db, Run run) {
    Phase phase = run.status() == RunStatus.PLANNING ? Phase.PLAN : Phase.APPLY;
    String phaseId = phase == Phase.PLAN ? run.planId().value() : run.applyId().value();
    outbox.add(db, new Job.SignalCancel(run.id(), phaseId), run.id().value(), phase.wire());
  }

  /// Gives up on a run whose worker does not end it: the workspace is free at once.
  public void forceCancel(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      Visible found = locked(db, caller, id);
      found.access().require(WorkspaceRight.FORCE_UNLOCK);
      Run run = found.run();
      Instant now = clock.instant();
      if (!run.isForceCancelable(now)) {
        throw new Fault.Conflict(
            "A run can be canceled by force only after a cancel has not ended it within "
                + FORCE_CANCEL_AFTER.toSeconds()
                + " seconds.");
      }
      comment(db, caller, run, comment);
      store.setForceCanceled(db, run.key(), now);
      signalCancel(db, run);
      Run marked = store.find(db, run.key()).orElseThrow();
      steps.move(db, marked, RunMove.CANCEL, caller.person().orElse(null));
    });
  }

  /// Lets a pending run go first: what holds the workspace is discarded.
  public void forceExecute(Principal caller, RunId id) {
    database.useTransaction(db -> {
      Visible found = locked(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      Run run = found.run();
      if (run.status() != RunStatus.PENDING) {
        throw new Fault.Forbidden("Only a pending run can be executed by force.");
      }
      Run holder =
          queue
              .holder(db, run.workspaceKey())
              .flatMap(holding -> store.find(db, holding))
              .orElseThrow(
                  () -> new Fault.Forbidden("The workspace is not locked by another run."));
      discardEarlier(db, run, holder, caller.person().orElse(null));
    });
  }

  private void discardEarlier(Handle db, Run run, Run holder, @Nullable Long actorKey) {
    if (!holder.isDiscardable()) {
      throw new Fault.Conflict(
          "The run that locks the workspace is "
              + holder.status().wire()
              + "; it cannot be discarded.");
    }
    for (Run earlier : lists.pendingBefore(db, run)) {
      steps.move(db, earlier, RunMove.DISCARD, actorKey);
    }
    steps.move(db, holder, RunMove.DISCARD, actorKey);
  }

  /// The workspace was unlocked by a person: its queue moves on.
  public void workspaceUnlocked(Handle db, long workspaceKey) {
    steps.advance(db, workspaceKey);
  }

  /// RabbitMQ has the command. Said twice, or after the worker's own claim, it changes nothing.
  public void enqueued(RunId id, String phaseId, int command, String jid) {
    database.useTransaction(db -> {
      outbox.done(db, jid);
      Optional<Run> found = store.findForUpdate(db, id);
      if (found.isPresent()) {
        Run run = found.get();
        RunMove move =
            phaseId.equals(run.planId().value()) ? RunMove.PLAN_ENQUEUED : RunMove.APPLY_ENQUEUED;
        if (run.allows(move)) {
          steps.move(db, run, move, null);
        }
      }
    });
  }

  public List<RunEventView> events(Principal caller, RunId id) {
    return database.read(db ->
        events.list(db, visible(db, caller, id).run().key()).stream()
            .map(RunEventView::of)
            .toList());
  }

  public List<CommentView> comments(Principal caller, RunId id) {
    return database.read(db ->
        events.comments(db, visible(db, caller, id).run().key()).stream()
            .map(comment -> new CommentView(comment.id(), comment.body()))
            .toList());
  }

  /// One line of a run's history, as the API shows it.
  public record RunEventView(
      String id,
      String action,
      @Nullable String description,
      Instant createdAt,
      @Nullable String actor) {
    private static RunEventView of(RunEventStore.Event event) {
      return new RunEventView(
          event.id().value(),
          event.action(),
          event.description(),
          event.createdAt(),
          event.actor() == null ? null : event.actor().value());
    }
  }

  public record CommentView(String id, String body) {}

  private void comment(Handle db, Principal caller, Run run, Optional<String> comment) {
    if (comment.isPresent() && !comment.get().isBlank()) {
      Long userKey = caller.person().orElse(null);
      events.comment(db, ids.next("wsc-"), run.key(), comment.get(), userKey, clock.instant());
      steps.record(db, run, "commented", userKey);
    }
  }

  /// As [#visible], and nobody else moves it until the transaction ends.
  private Visible locked(Handle db, Principal caller, RunId id) {
    visible(db, caller, id);
    store.findForUpdate(db, id);
    return visible(db, caller, id);
  }

  private Visible visible(Handle db, Principal caller, RunId id) {
    Run run = store.find(db, id).orElseThrow(Fault.NotFound::new);
    WorkspaceAccess rights = access.workspace(db, caller, run.workspaceId());
    rights.require(WorkspaceRight.READ_RUNS);
    return new Visible(run, rights);
  }
}
