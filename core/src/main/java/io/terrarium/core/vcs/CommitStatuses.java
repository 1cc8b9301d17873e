package io.terrarium.core.vcs;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunFollower;
import io.terrarium.core.run.RunStatus;
import io.terrarium.core.vcshost.CommitStatus;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.kernel.database.Database;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Shows at their hosts what has come of the plans of commits. Each job shows what is so, and looks
/// again once the host has it: of two at once, whichever is last says what is so in the end.
/// Applies change nothing there, as in the real product.
public final class CommitStatuses implements RunFollower {
  private static final String VCS = "vcs";

  /// With any other, nothing is new about the plan.
  private static final Set<RunStatus> TELLING =
      EnumSet.of(
          RunStatus.PENDING,
          RunStatus.PLANNING,
          RunStatus.PLANNED,
          RunStatus.ERRORED,
          RunStatus.CANCELED,
          RunStatus.FORCE_CANCELED,
          RunStatus.DISCARDED);

  private final Database database;
  private final Hosts hosts;
  private final VcsEvents lines;
  private final Outbox outbox;
  private final URI publicUrl;
  private final RepositoryStore repositories = new RepositoryStore();
  private final CommitStatusStore store = new CommitStatusStore();

  public CommitStatuses(
      Database database, Hosts hosts, VcsEvents lines, Outbox outbox, URI publicUrl) {
    this.database = database;
    this.hosts = hosts;
    this.lines = lines;
    this.outbox = outbox;
    this.publicUrl = publicUrl;
  }

  /// The host is away, or is busy; the same may succeed later.
  public static final class StatusFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatusFault(String reason) {
      super(reason);
    }
  }

  @Override
  public void moved(Handle db, Run run, @Nullable Long actorKey) {
    if (run.options().triggerReason().equals(VCS) && TELLING.contains(run.status())) {
      outbox.add(db, new Job.PostCommitStatus(run.id()), run.id().value(), "");
    }
  }

  /// @param flow of the job, as headers
  /// @throws StatusFault when it is to be tried again
  public void post(RunId id, Map<String, String> flow, String jid) {
    Optional<CommitStatusStore.Subject> found = database.read(db -> store.subject(db, id));
    Optional<FollowedRepository> repository =
        found.flatMap(
            subject -> database.read(db -> repositories.find(db, subject.repositoryKey())));
    Optional<HostConnection> connection = repository.flatMap(one -> hosts.connection(one, flow));
    if (connection.isEmpty()) {
      outbox.done(jid);
      return;
    }
    CommitStatusStore.Subject subject = found.orElseThrow();
    FollowedRepository followed = repository.orElseThrow();
    Outcome<String> outcome = show(followed, connection.get(), subject);
    end(followed, subject.sha(), outcome, jid);
  }

  /// Shows at the host that nothing in a commit matters to workspaces. A job that runs again shows
  /// the same again.
  ///
  /// @param flow of the job, as headers
  /// @throws StatusFault when it is to be tried again
  public void pass(Job.PostPassingStatuses job, Map<String, String> flow, String jid) {
    Optional<FollowedRepository> found =
        database.read(db -> repositories.find(db, job.vcsRepositoryId()));
    Optional<HostConnection> connection = found.flatMap(one -> hosts.connection(one, flow));
    if (connection.isEmpty()) {
      outbox.done(jid);
      return;
    }
    FollowedRepository repository = found.get();
    List<CommitStatusStore.Untouched> untouched =
        database.read(db -> store.untouched(db, repository.key(), job.workspaceIds()));
    Outcome<String> outcome = new Outcome.Done<>("");
    for (CommitStatusStore.Untouched one : untouched) {
      outcome =
          outcome.then(_ ->
              Hosts.of(repository)
                  .postStatus(
                      connection.get(), repository.identifier(), job.commitSha(), passing(one)));
    }
    end(repository, job.commitSha(), outcome, jid);
  }

  private void end(FollowedRepository repository, String sha, Outcome<String> outcome, String jid) {
    switch (outcome) {
      case Outcome.Done<String> _ -> outbox.done(jid);
      case Outcome.Failed<String>(Trouble.Passing trouble) ->
          throw new StatusFault(trouble.reason());
      case Outcome.Failed<String>(Trouble trouble) ->
          database.useTransaction(db -> {
            lines.error(
                db,
                repository,
                "The status of commit " + sha + " could not be shown: " + trouble.reason(),
                "See to it that the token may write statuses.");
            outbox.done(db, jid);
          });
    }
  }

  /// Until nothing has happened while the host was told.
  private Outcome<String> show(
      FollowedRepository repository, HostConnection connection, CommitStatusStore.Subject subject) {
    List<CommitStatusStore.Plan> plans = plans(subject);
    while (true) {
      Outcome<String> outcome =
          Hosts.of(repository)
              .postStatus(
                  connection, repository.identifier(), subject.sha(), status(subject, plans));
      List<CommitStatusStore.Plan> now = plans(subject);
      if (outcome instanceof Outcome.Failed<String> || now.equals(plans)) {
        return outcome;
      }
      plans = now;
    }
  }

  private List<CommitStatusStore.Plan> plans(CommitStatusStore.Subject subject) {
    return database.read(
        db -> subject.isAggregated() ? store.beside(db, subject) : store.alone(db, subject));
  }

  private CommitStatus passing(CommitStatusStore.Untouched one) {
    return new CommitStatus(
        CommitStatus.State.SUCCESS,
        context(one.organization()) + "/" + one.workspace(),
        "Terraform plan: not needed, no file that matters here has changed.",
        URI.create(publicUrl + page(one.organization()) + "/" + one.workspace()));
  }

  private static String context(String organization) {
    return "Terraform Enterprise/" + organization;
  }

  private static String page(String organization) {
    return "/app/" + organization + "/workspaces";
  }

  private CommitStatus status(
      CommitStatusStore.Subject subject, List<CommitStatusStore.Plan> plans) {
    String context = context(subject.organization());
    String page = page(subject.organization());
    if (!subject.isAggregated()) {
      return new CommitStatus(
          PlanOutcome.of(plans),
          context + "/" + subject.workspace(),
          PlanOutcome.told(plans),
          URI.create(publicUrl + page + "/" + subject.workspace() + "/runs/" + subject.run()));
    }
    return new CommitStatus(
        PlanOutcome.of(plans), context, PlanOutcome.told(plans), URI.create(publicUrl + page));
  }
}
