package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The runs of configurations that have come.
///
/// Slugs are fetched side by side and come in any order, but runs of pushes begin in that of the
/// pushes, or an old one would be applied over a new one: a configuration waits for those before it
/// that are still fetched. Whoever makes one come or fail queues all whose turn it is then, and
/// says so in the same transaction; the lock on the workspace makes each see what the other has
/// done.
public final class Arrivals {
  private final Database database;
  private final ConfigurationVersions configurations;
  private final ConfigurationVersions.Uploaded queueRun;
  private final Outbox outbox;
  private final Clock clock;
  private final ArrivalStore store = new ArrivalStore();

  /// @param queueRun makes the run of a configuration, in the transaction it is given
  public Arrivals(
      Database database,
      ConfigurationVersions configurations,
      ConfigurationVersions.Uploaded queueRun,
      Outbox outbox,
      Clock clock) {
    this.database = database;
    this.configurations = configurations;
    this.queueRun = queueRun;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// One has been uploaded just now, by somebody or from Git.
  public void arrived(Handle db, ConfigurationVersion configuration) {
    if (!configuration.autoQueueRuns()) {
      return;
    }
    if (configuration.origin() == null) {
      queueRun.uploaded(db, configuration);
    } else if (configuration.speculative()) {
      store.lockWorkspaces(db, List.of(configuration.id()));
      if (!store.isOvertaken(db, configuration.key())
          && store.takeSpeculative(db, configuration.key())) {
        queueRun.uploaded(db, configuration);
      }
    } else {
      queueInOrder(db, List.of(configuration.id()));
    }
  }

  /// Slug-ingress says that they will never come.
  ///
  /// @throws HostAway where the host alone is to blame, and may be back soon
  public void failed(Ingress.Next.Order order, IngressFailure failure, String jid) {
    if (failure.error() == IngressFailure.Reason.HOST_UNREACHABLE
        && HostAway.isExcused(order.since(), clock)) {
      throw new HostAway(failure.message());
    }
    failed(order.configurations(), failure.error().wire(), failure.message(), jid);
  }

  /// They will never come. What has been uploaded meanwhile stays so.
  ///
  /// @param error in one word, for programs
  /// @param message for people
  /// @param jid the job that is done with it
  public void failed(
      List<ConfigurationVersionId> fetching, String error, String message, String jid) {
    database.useTransaction(db -> {
      configurations.errored(db, fetching, error, message);
      queueInOrder(db, fetching);
      outbox.done(db, jid);
    });
  }

  private void queueInOrder(Handle db, List<ConfigurationVersionId> changed) {
    List<Long> workspaces = store.lockWorkspaces(db, changed);
    List<ConfigurationVersionId> due = store.takeInOrder(db, workspaces);
    configurations.all(db, due).forEach(one -> queueRun.uploaded(db, one));
  }
}
