package io.terrarium.core.vcs;

import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.kernel.database.Database;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has Git hosts forget webhooks that nobody wants any more. One that is gone already is well.
///
/// The repository is marked before the host is asked, and the mark is taken off after: whoever
/// follows the repository in between takes it off first, so that the host is told anew.
public final class HookRemovals {
  private static final Logger log = LoggerFactory.getLogger(HookRemovals.class);
  private static final String ADVICE = "Delete it at the host by hand.";

  private final Database database;
  private final Hosts hosts;
  private final VcsEvents lines;
  private final Outbox outbox;
  private final Clock clock;
  private final URI publicUrl;
  private final RepositoryStore repositories = new RepositoryStore();
  private final AbandonedHookStore abandoned = new AbandonedHookStore();

  public HookRemovals(
      Database database, Hosts hosts, VcsEvents lines, Outbox outbox, Clock clock, URI publicUrl) {
    this.database = database;
    this.hosts = hosts;
    this.lines = lines;
    this.outbox = outbox;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  /// @param flow of the job, as headers
  /// @throws Hooks.HookFault when it is to be tried again
  public void remove(VcsRepositoryId id, Map<String, String> flow, String jid) {
    Optional<AbandonedHookStore.Abandoned> alone = database.read(db -> abandoned.find(db, id));
    if (alone.isPresent()) {
      AbandonedHookStore.Abandoned hook = alone.get();
      abandon(
          id,
          hook,
          ending(
              hook.provider()
                  .host()
                  .removeHook(
                      hosts.connection(hook, flow),
                      hook.identifier(),
                      target(hook.webhookToken()))),
          jid);
      return;
    }
    Optional<FollowedRepository> found =
        database.inTransaction(db ->
            repositories.letHookGo(db, id, clock.instant())
                ? repositories.find(db, id)
                : Optional.empty());
    Optional<HostConnection> connection = found.flatMap(one -> hosts.connection(one, flow));
    if (connection.isEmpty()) {
      outbox.done(jid);
      return;
    }
    FollowedRepository repository = found.get();
    end(
        repository,
        ending(
            Hosts.of(repository)
                .removeHook(
                    connection.get(), repository.identifier(), target(repository.webhookToken()))),
        jid);
  }

  /// It was tried often enough.
  public void giveUp(VcsRepositoryId id, String reason, String jid) {
    Optional<AbandonedHookStore.Abandoned> alone = database.read(db -> abandoned.find(db, id));
    Optional<FollowedRepository> found = database.read(db -> repositories.find(db, id));
    if (alone.isPresent()) {
      abandon(id, alone.get(), Ending.failed(reason), jid);
    } else if (found.isPresent()) {
      end(found.get(), Ending.failed(reason), jid);
    } else {
      outbox.done(jid);
    }
  }

  /// @param trouble why it may still be there
  /// @param wasThere whether the host had anything to forget
  private record Ending(Optional<String> trouble, boolean wasThere) {
    static Ending failed(String reason) {
      return new Ending(Optional.of(reason), true);
    }
  }

  private void end(FollowedRepository repository, Ending ending, String jid) {
    database.useTransaction(db -> {
      if (!repositories.hookGone(db, repository.key())) {
        outbox.add(db, new Job.RegisterWebhook(repository.id()), "", "");
      }
      String identifier = repository.identifier();
      if (ending.trouble().isPresent()) {
        lines.error(db, repository, failed(identifier, ending.trouble().get()), ADVICE);
      } else if (ending.wasThere()) {
        lines.info(db, repository, gone(identifier, "nothing follows the repository any more."));
      }
      outbox.done(db, jid);
    });
  }

  private void abandon(
      VcsRepositoryId id, AbandonedHookStore.Abandoned hook, Ending ending, String jid) {
    database.useTransaction(db -> {
      abandoned.delete(db, id);
      Long organization = hook.organizationKey();
      if (organization != null && ending.trouble().isPresent()) {
        lines.error(db, organization, failed(hook.identifier(), ending.trouble().get()), ADVICE);
      } else if (organization != null && ending.wasThere()) {
        lines.info(db, organization, gone(hook.identifier(), "its connection is gone."));
      }
      outbox.done(db, jid);
    });
    if (hook.organizationKey() == null && ending.trouble().isPresent()) {
      log.atWarn()
          .addKeyValue("repository", hook.identifier())
          .addKeyValue("reason", ending.trouble().get())
          .log("webhook of an organization that is gone stays at its host");
    }
  }

  private URI target(String webhookToken) {
    return URI.create(publicUrl + Hooks.path(webhookToken));
  }

  private static String failed(String identifier, String reason) {
    return "The webhook of " + identifier + " could not be taken away: " + reason;
  }

  private static String gone(String identifier, String why) {
    return "The webhook of " + identifier + " is taken away, since " + why;
  }

  /// One that is gone, or whose whole repository is, is well.
  private static Ending ending(Outcome<Boolean> outcome) {
    return switch (outcome) {
      case Outcome.Done<Boolean>(Boolean wasThere) -> new Ending(Optional.empty(), wasThere);
      case Outcome.Failed<Boolean>(Trouble.NotFound _) -> new Ending(Optional.empty(), false);
      case Outcome.Failed<Boolean>(Trouble.Passing trouble) ->
          throw new Hooks.HookFault(trouble.reason());
      case Outcome.Failed<Boolean>(Trouble trouble) -> Ending.failed(trouble.reason());
    };
  }
}
