package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcshost.VcsEvent;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What follows from what a Git host has told: which workspaces it is about, and the configurations
/// that they get.
///
/// All is written in one transaction with the word that the delivery is done with, and with the
/// jobs that go on from there: who dies before it has the job done again, and who comes after it
/// finds nothing left to do.
public final class Reactions {
  private final Database database;
  private final Ingress ingress;
  private final VcsEvents lines;
  private final Findings findings;
  private final TagFollowers tagFollowers;
  private final Supersession supersession;
  private final Outbox outbox;
  private final Clock clock;
  private final RepositoryStore repositories = new RepositoryStore();
  private final WebhookStore store = new WebhookStore();

  /// What stands around it.
  public record Neighbours(
      Ingress ingress,
      VcsEvents lines,
      Findings findings,
      TagFollowers tagFollowers,
      Supersession supersession) {}

  public Reactions(Database database, Neighbours neighbours, Outbox outbox, Clock clock) {
    this.database = database;
    this.ingress = neighbours.ingress();
    this.lines = neighbours.lines();
    this.findings = neighbours.findings();
    this.tagFollowers = neighbours.tagFollowers();
    this.supersession = neighbours.supersession();
    this.outbox = outbox;
    this.clock = clock;
  }

  /// What is done for one event.
  ///
  /// @param pullRequest its number; null for a push or a tag
  private record Plan(
      Commit commit, List<Follower> followers, @Nullable Long pullRequest, String what) {
    boolean isSpeculative() {
      return pullRequest != null;
    }
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
    List<Plan> plans = new ArrayList<>();
    for (VcsEvent event : found.get().events()) {
      plan(event, repository.get(), followers, findings.about(repository.get(), git, flow))
          .ifPresent(plans::add);
    }
    plans.forEach(this::supersede);
    database.useTransaction(db -> {
      outbox.done(db, jid);
      Optional<WebhookStore.Delivery> open = store.openForUpdate(db, id);
      if (open.isPresent()) {
        plans.forEach(plan -> carryOut(db, repository.get(), open.get().key(), id, plan));
        store.processed(db, open.get().key(), clock.instant());
      }
    });
  }

  /// Before anything new is planned; done again, it finds nothing more to end.
  private void supersede(Plan plan) {
    Long number = plan.pullRequest();
    String sha = plan.commit().sha();
    if (number != null && sha != null) {
      plan.followers().stream()
          .filter(Follower::hasSpeculativeRunsManaged)
          .forEach(follower -> supersession.supersede(follower.id(), number, sha));
    }
  }

  private Optional<Plan> plan(
      VcsEvent event,
      FollowedRepository repository,
      List<Follower> followers,
      Findings.About about) {
    return switch (event) {
      case VcsEvent.Push push -> Optional.of(pushed(push, followers, about));
      case VcsEvent.TagPush tag -> Optional.of(tagged(tag, followers));
      case VcsEvent.PullRequest request -> requested(request, repository, followers, about);
      case VcsEvent.BranchDeleted _,
          VcsEvent.TagDeleted _,
          VcsEvent.Ping _,
          VcsEvent.Ignored _,
          VcsEvent.Malformed _ ->
          Optional.empty();
    };
  }

  private static Plan pushed(VcsEvent.Push push, List<Follower> all, Findings.About about) {
    Optional<String> usual = defaultBranch(push.repository().defaultBranch(), all, about);
    List<Follower> followers =
        all.stream().filter(one -> one.follows(push.branch(), usual)).toList();
    List<Follower> met = about.met(followers, push);
    return new Plan(
        new Commit(
            push.branch(),
            null,
            push.after(),
            push.message(),
            push.commitUrl(),
            push.compareUrl(),
            usual.map(push.branch()::equals).orElse(null),
            null,
            sender(push.sender())),
        met,
        null,
        "a push to " + push.branch());
  }

  private static Plan tagged(VcsEvent.TagPush tag, List<Follower> all) {
    return new Plan(
        new Commit(
            null,
            tag.tag(),
            tag.sha(),
            tag.message(),
            tag.commitUrl(),
            null,
            null,
            null,
            sender(tag.sender())),
        all.stream().filter(one -> one.wantsTag(tag.tag())).toList(),
        null,
        "the tag " + tag.tag());
  }

  /// A fork's code is never run: it is anybody's.
  private static Optional<Plan> requested(
      VcsEvent.PullRequest request,
      FollowedRepository repository,
      List<Follower> all,
      Findings.About about) {
    if (request.action() == VcsEvent.PullRequest.Action.CLOSED || request.isFromFork()) {
      return Optional.empty();
    }
    Optional<String> usual = defaultBranch(request.repository().defaultBranch(), all, about);
    List<Follower> followers =
        all.stream()
            .filter(Follower::isSpeculative)
            .filter(one -> one.follows(request.base().branch(), usual))
            .toList();
    List<Follower> met = about.met(followers, request);
    return Optional.of(
        new Plan(
            new Commit(
                request.head().branch(),
                null,
                about.fullName(request.head().sha()),
                null,
                null,
                null,
                false,
                new Commit.PullRequest(
                    Math.toIntExact(request.number()),
                    request.title(),
                    request.body(),
                    request.url()),
                sender(request.sender())),
            met,
            request.number(),
            "pull request " + request.number() + " of " + repository.identifier()));
  }

  /// Asked for only where somebody follows it.
  private static Optional<String> defaultBranch(
      @Nullable String told, List<Follower> followers, Findings.About about) {
    if (told != null || followers.stream().noneMatch(one -> one.branch().isEmpty())) {
      return Optional.ofNullable(told);
    }
    return about.defaultBranch();
  }

  private void carryOut(
      Handle db,
      FollowedRepository repository,
      long deliveryKey,
      WebhookDeliveryId delivery,
      Plan plan) {
    String sha = plan.commit().sha();
    Set<Long> knowing =
        sha == null ? Set.of() : store.knowing(db, repository.key(), sha, plan.pullRequest());
    // Workspaces with and without submodules need slugs of their own.
    Map<Boolean, List<ConfigurationVersionId>> bySubmodules = new TreeMap<>();
    for (Follower follower : plan.followers()) {
      if (knowing.contains(follower.key())) {
        lines.info(
            db,
            repository,
            "Workspace " + follower.name() + " has the commit of " + plan.what() + " already.");
      } else if (!follower.isAwake() && !plan.isSpeculative()) {
        lines.info(
            db,
            repository,
            "Workspace "
                + follower.name()
                + " has had no run yet, so "
                + plan.what()
                + " starts none. Queue one by hand first.");
      } else {
        ConfigurationVersionId id =
            ingress.add(
                db,
                new Ingress.Wanted(
                    follower.key(),
                    repository,
                    deliveryKey,
                    follower.submodules(),
                    plan.commit(),
                    plan.isSpeculative(),
                    true));
        bySubmodules.computeIfAbsent(follower.submodules(), _ -> new ArrayList<>()).add(id);
        lines.info(db, repository, "Workspace " + follower.name() + " plans " + plan.what() + ".");
      }
    }
    bySubmodules.values().forEach(ids -> ingress.fetch(db, ids, delivery.value()));
    String tag = plan.commit().tag();
    if (tag != null && sha != null) {
      tagFollowers
          .tagged(db, repository.key(), tag, sha)
          .forEach(line -> lines.info(db, repository, line));
    }
  }

  private static Commit.Sender sender(VcsEvent.Sender sender) {
    return new Commit.Sender(sender.username(), sender.avatarUrl(), sender.htmlUrl());
  }
}
