package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.NewestCommit;
import io.terrarium.core.vcshost.VcsEvent;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/// What follows from what a Git host has told: which workspaces it is about, and the configurations
/// that they get.
///
/// Deliveries of one repository are carried out one after the other, and in whatever order that is:
/// where what came later is there already, what came before starts nothing any more.
///
/// All is written in one transaction with the word that the delivery is done with, and with the
/// jobs that go on from there: who dies before it has the job done again, and who comes after it
/// finds nothing left to do.
public final class Reactions {
  /// That one job shows, each by a call of its own.
  private static final int STATUSES_MAX = 20;

  private final Database database;
  private final Ingress ingress;
  private final VcsEvents lines;
  private final Findings findings;
  private final TagFollowers tagFollowers;
  private final Supersession supersession;
  private final EventPlanner planner;
  private final Outbox outbox;
  private final Clock clock;
  private final RepositoryStore repositories = new RepositoryStore();
  private final WebhookStore store = new WebhookStore();

  /// What stands around it.
  ///
  /// @param runsForks whether pull requests of forks are planned, too
  public record Neighbours(
      Ingress ingress,
      VcsEvents lines,
      Findings findings,
      TagFollowers tagFollowers,
      Supersession supersession,
      BooleanSupplier runsForks) {}

  public Reactions(Database database, Neighbours neighbours, Outbox outbox, Clock clock) {
    this.database = database;
    this.ingress = neighbours.ingress();
    this.lines = neighbours.lines();
    this.findings = neighbours.findings();
    this.tagFollowers = neighbours.tagFollowers();
    this.supersession = neighbours.supersession();
    this.planner = new EventPlanner(neighbours.runsForks());
    this.outbox = outbox;
    this.clock = clock;
  }

  /// @param git asks the repository itself
  /// @param flow of the job, as headers
  public void process(
      WebhookDeliveryId id, GitQuestions git, Map<String, String> flow, String jid) {
    Optional<WebhookStore.Delivery> found = database.read(db -> store.open(db, id));
    Optional<FollowedRepository> repository =
        found.flatMap(one -> database.read(db -> repositories.find(db, one.repositoryKey())));
    if (found.isEmpty() || repository.isEmpty()) {
      outbox.done(jid);
      return;
    }
    List<Follower> followers = database.read(db -> store.followers(db, repository.get().key()));
    // What must be asked of others is asked before the transaction.
    List<EventPlanner.Plan> plans = new ArrayList<>();
    Findings.About about = findings.about(repository.get(), git, flow, found.get().receivedAt());
    for (VcsEvent event : found.get().events()) {
      planner.plan(event, repository.get(), followers, about).ifPresent(plans::add);
    }
    plans.forEach(plan -> supersede(plan, found.get().key()));
    database.useTransaction(db -> {
      outbox.done(db, jid);
      repositories.lock(db, repository.get().key());
      Optional<WebhookStore.Delivery> open = store.openForUpdate(db, id);
      if (open.isPresent()) {
        plans.forEach(plan -> carryOut(db, repository.get(), open.get(), id, plan));
        store.processed(db, open.get().key(), clock.instant());
      }
    });
  }

  /// Before anything new is planned; done again, it finds nothing more to end.
  private void supersede(EventPlanner.Plan plan, long deliveryKey) {
    Long number = plan.pullRequest();
    String sha = plan.commit().sha();
    if (number != null && sha != null) {
      plan.followers().stream()
          .filter(Follower::hasSpeculativeRunsManaged)
          .map(follower -> new NewestCommit(follower.id(), number, sha, deliveryKey))
          .forEach(supersession::supersede);
    }
  }

  /// The same once configurations have come: what older ones have begun in between ends, too.
  public void supersede(List<ConfigurationVersionId> arrived) {
    database.read(db -> store.newest(db, arrived)).forEach(supersession::supersede);
  }

  private void carryOut(
      Handle db,
      FollowedRepository repository,
      WebhookStore.Delivery delivery,
      WebhookDeliveryId id,
      EventPlanner.Plan plan) {
    VcsEvents.Cause cause = new VcsEvents.Cause(repository, delivery.key());
    String sha = plan.commit().sha();
    Set<Long> knowing =
        sha == null ? Set.of() : store.knowing(db, repository.key(), sha, plan.pullRequest());
    Set<Long> ahead = store.ahead(db, delivery, plan.pullRequest());
    if (plan.unknown() != null) {
      lines.error(
          db,
          cause,
          "The host of "
              + repository.identifier()
              + " does not say "
              + plan.unknown()
              + ", so "
              + plan.what()
              + " may have started too little.",
          "Queue a run by hand, or push again.");
    }
    // Workspaces with and without submodules need slugs of their own.
    Map<Boolean, List<ConfigurationVersionId>> bySubmodules = new TreeMap<>();
    for (Follower follower : plan.followers()) {
      if (knowing.contains(follower.key())) {
        lines.info(
            db,
            cause,
            "Workspace " + follower.name() + " has the commit of " + plan.what() + " already.");
      } else if (ahead.contains(follower.key())) {
        lines.info(
            db,
            cause,
            "Workspace "
                + follower.name()
                + " has what came after "
                + plan.what()
                + " already, which starts nothing any more.");
      } else if (!follower.isAwake() && !plan.isSpeculative()) {
        lines.info(
            db,
            cause,
            "Workspace "
                + follower.name()
                + " has had no run yet, so "
                + plan.what()
                + " starts none. Queue one by hand first.");
      } else {
        ConfigurationVersionId made =
            ingress.add(
                db,
                new Ingress.Wanted(
                    follower.key(),
                    repository,
                    delivery.key(),
                    follower.submodules(),
                    plan.commit(),
                    plan.isSpeculative(),
                    true));
        bySubmodules.computeIfAbsent(follower.submodules(), _ -> new ArrayList<>()).add(made);
        lines.info(db, cause, "Workspace " + follower.name() + " plans " + plan.what() + ".");
      }
    }
    bySubmodules.values().forEach(ids -> ingress.fetch(db, ids, id.value()));
    if (sha != null) {
      pass(db, repository, sha, plan.untouched(), id);
    }
    String tag = plan.commit().tag();
    if (tag != null && sha != null) {
      tagFollowers
          .tagged(db, repository.key(), tag, sha)
          .forEach(line -> lines.info(db, cause, line));
    }
  }

  /// Where the organization or the site wants it, and each workspace has a status of its own.
  private void pass(
      Handle db,
      FollowedRepository repository,
      String sha,
      List<Follower> untouched,
      WebhookDeliveryId delivery) {
    List<WorkspaceId> waiting =
        untouched.stream().filter(Follower::wantsPassingStatuses).map(Follower::id).toList();
    for (int from = 0; from < waiting.size(); from += STATUSES_MAX) {
      List<WorkspaceId> some = waiting.subList(from, Math.min(from + STATUSES_MAX, waiting.size()));
      outbox.add(db, new Job.PostPassingStatuses(repository.id(), sha, some), delivery.value(), "");
    }
  }
}
