package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs as people and clients make and see them; each method is one transaction.
public final class Runs {
  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  private final Database database;
  private final Outbox outbox;
  private final Access access;
  private final VisibleRuns visible;
  private final RunCreation creation;
  private final RunSteps steps;
  private final RunStore store = new RunStore();
  private final RunListStore lists = new RunListStore();
  private final PhaseStore phases = new PhaseStore();
  private final RunEventStore events = new RunEventStore();
  private final RunCauseStore causes = new RunCauseStore();
  private final RunDetailsReader details;

  Runs(RunParts parts, Access access, RunCreation creation, RunSteps steps) {
    this.database = parts.database();
    this.outbox = parts.outbox();
    this.access = access;
    this.visible = new VisibleRuns(access);
    this.creation = creation;
    this.steps = steps;
    this.details = new RunDetailsReader(database, creation);
  }

  public VisibleRun create(Principal caller, NewRun asked) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, asked.workspace());
      rights.require(WorkspaceRight.QUEUE_RUN);
      Run run = creation.create(db, rights.key(), asked, caller.person().orElse(null));
      return new VisibleRun(run, rights);
    });
  }

  /// A configuration with `auto-queue-runs` has been uploaded: its run follows by itself, in the
  /// name of who asked for the configuration. Where the workspace cannot have one, none does.
  public void createFor(Handle db, ConfigurationVersion configuration) {
    NewRun asked =
        NewRun.following(
            configuration.workspaceId(),
            Optional.of(configuration.id()),
            message(configuration),
            new NewRun.Cause(
                "tfe-configuration-version", configuration.origin() == null ? "manual" : "vcs"),
            Optional.empty(),
            configuration.provisional());
    follow(db, configuration.workspaceKey(), asked, configuration.createdByKey());
  }

  private static String message(ConfigurationVersion configuration) {
    ConfigurationVersion.Origin origin = configuration.origin();
    if (origin == null) {
      return "Queued automatically by a configuration upload";
    }
    String what = origin.what();
    return what == null || what.isBlank()
        ? "Configuration of " + origin.identifier()
        : what.strip();
  }

  /// Where a run is to follow.
  public record Target(long workspaceKey, WorkspaceId workspace, boolean autoApply) {}

  /// An apply in another workspace has set this one off. Where it cannot have a run, none follows.
  ///
  /// @param source the run whose apply it was
  public void createTriggered(Handle db, Target target, RunId source, String message) {
    NewRun asked =
        NewRun.following(
            target.workspace(),
            Optional.empty(),
            message,
            new NewRun.Cause("tfe-run-trigger", "run_trigger"),
            Optional.of(target.autoApply()),
            false);
    follow(db, target.workspaceKey(), asked, null)
        .ifPresent(run -> causes.setTrigger(db, run, source));
  }

  private Optional<Run> follow(Handle db, long workspaceKey, NewRun asked, @Nullable Long userKey) {
    try {
      return Optional.of(creation.create(db, workspaceKey, asked, userKey));
    } catch (Fault.Invalid refused) {
      log.atInfo()
          .addKeyValue("workspace_id", asked.workspace())
          .addKeyValue("source", asked.source())
          .addKeyValue("reason", refused.getMessage())
          .log("no run follows");
      return Optional.empty();
    }
  }

  /// @throws Fault.NotFound when it is not there or the caller may not see it
  public VisibleRun find(Principal caller, RunId id) {
    return database.read(db -> visible.find(db, caller, id));
  }

  /// Those that are there and that the caller may see.
  public List<VisibleRun> findAll(Principal caller, List<RunId> ids) {
    return database.read(db -> visible.among(db, caller, store.findAll(db, ids)));
  }

  /// The phase that `phaseId` names, with its run.
  ///
  /// @param states that an apply has left, the oldest first
  public record VisiblePhase(
      RunPhase phase, Run run, WorkspaceAccess access, List<StateVersionId> states) {}

  public VisiblePhase phase(Principal caller, String phaseId) {
    return phases(caller, List.of(phaseId)).stream().findFirst().orElseThrow(Fault.NotFound::new);
  }

  /// Those of `phaseIds` that are there and that the caller may see.
  public List<VisiblePhase> phases(Principal caller, List<String> phaseIds) {
    return database.read(db -> visible.phases(db, caller, phaseIds));
  }

  /// The plan and the apply of a run that its caller may see.
  public List<RunPhase> phases(VisibleRun visible) {
    long run = visible.run().key();
    return database.read(
        db -> List.of(phases.ofRun(db, run, Phase.PLAN), phases.ofRun(db, run, Phase.APPLY)));
  }

  /// Newest first; plan-only runs are among them only where operations are asked for.
  public Paged<VisibleRun> list(
      Principal caller, WorkspaceId workspace, RunFilter asked, Page page) {
    RunFilter filter = asked.withOperationsOr(RunOperation.ORDINARY);
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      rights.require(WorkspaceRight.READ_RUNS);
      return lists
          .ofWorkspace(db, rights.key(), filter, page)
          .map(run -> new VisibleRun(run, rights));
    });
  }

  /// The runs of all workspaces of an organization that the caller may see, newest first. How many
  /// there are is not told, since that would be to count them all.
  public Slice<VisibleRun> ofOrganization(
      Principal caller, String organization, RunFilter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess rights =
          access.organization(db, caller, organization).require(OrganizationRight.READ_RUNS);
      Slice<Run> found = Slice.of(lists.ofOrganization(db, rights, filter, page), page);
      return found.withItems(visibleOf(db, caller, found.items()));
    });
  }

  private List<VisibleRun> visibleOf(Handle db, Principal caller, List<Run> found) {
    Map<Long, WorkspaceAccess> workspaces =
        access.workspaces(db, caller, found.stream().map(Run::workspaceKey).toList());
    return found.stream()
        .flatMap(run ->
            Optional.ofNullable(workspaces.get(run.workspaceKey()))
                .filter(rights -> rights.allows(WorkspaceRight.READ_RUNS))
                .map(rights -> new VisibleRun(run, rights))
                .stream())
        .toList();
  }

  /// Of a page of runs, in their order.
  public List<RunDetails> details(List<VisibleRun> visible) {
    return details.read(visible);
  }

  /// The organization's runs that wait or work, oldest first.
  public Paged<VisibleRun> queue(Principal caller, String organization, Page page) {
    return database.read(db -> {
      OrganizationAccess rights =
          access.organization(db, caller, organization).require(OrganizationRight.READ_RUNS);
      List<Run> queued = lists.queue(db, rights, page);
      return new Paged<>(visibleOf(db, caller, queued), page, lists.queueSize(db, rights));
    });
  }

  /// How many runs of the organization wait for room, and how many work.
  public record InFlight(String organization, long pending, long running) {}

  public InFlight inFlight(Principal caller, String organization) {
    return database.read(db -> {
      OrganizationAccess rights =
          access.organization(db, caller, organization).require(OrganizationRight.READ_RUNS);
      RunListStore.Capacity capacity = lists.capacity(db, rights.key());
      return new InFlight(rights.name(), capacity.pending(), capacity.running());
    });
  }

  /// The workspace was unlocked by a person: its queue moves on.
  public void workspaceUnlocked(Handle db, long workspaceKey) {
    steps.advance(db, workspaceKey);
  }

  /// RabbitMQ has the command. Said twice, or after the worker's own claim, it changes nothing.
  public void enqueued(RunId id, String phaseId, String jid) {
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

  /// What happened to these runs, the oldest first of each.
  public List<RunEventView> events(List<VisibleRun> visible) {
    return database.read(
        db -> events.list(db, keys(visible)).stream().map(RunEventView::of).toList());
  }

  /// What people said of them, the oldest first of each.
  public List<CommentView> comments(List<VisibleRun> visible) {
    return database.read(
        db -> events.comments(db, keys(visible)).stream().map(CommentView::of).toList());
  }

  private static List<Long> keys(List<VisibleRun> visible) {
    return visible.stream().map(one -> one.run().key()).toList();
  }

  /// One line of a run's history, as the API shows it.
  public record RunEventView(
      String id,
      String action,
      @Nullable String description,
      Instant createdAt,
      @Nullable String actor,
      @Nullable String comment) {
    static RunEventView of(RunEventStore.Event event) {
      return new RunEventView(
          event.id().value(),
          event.action(),
          event.description(),
          event.createdAt(),
          event.actor() == null ? null : event.actor().value(),
          event.comment());
    }
  }

  /// @param event that tells of it in the run's history
  public record CommentView(String id, String body, @Nullable String event) {
    static CommentView of(RunEventStore.Comment comment) {
      return new CommentView(comment.id(), comment.body(), comment.event());
    }
  }
}
