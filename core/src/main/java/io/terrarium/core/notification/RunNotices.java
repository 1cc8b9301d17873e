package io.terrarium.core.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunFollower;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Follows runs, and leaves a job for each receiver that wants to hear of what has happened. Each
/// has a job of its own, so that one that does not answer keeps nothing from the others.
public final class RunNotices implements RunFollower {
  /// Beside the phases of a run, whose hops tell what terraform waited for.
  private static final String NO_PHASE = "";

  private final Outbox outbox;
  private final Clock clock;
  private final NotificationStore store = new NotificationStore();

  public RunNotices(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public void moved(Handle db, Run run, @Nullable Long actorKey) {
    RunTrigger.of(run).ifPresent(trigger -> tell(db, run, trigger.wire(), actorKey));
  }

  private void tell(Handle db, Run run, String trigger, @Nullable Long actorKey) {
    List<NotificationConfigurationId> listeners = store.listeners(db, run.workspaceKey(), trigger);
    if (listeners.isEmpty()) {
      return;
    }
    UserId actor = actorKey == null ? null : store.userId(db, actorKey).orElse(null);
    for (NotificationConfigurationId listener : listeners) {
      outbox.add(
          db,
          new Job.DeliverNotification(
              listener, run.id(), trigger, run.status().wire(), clock.instant(), actor),
          run.id().value(),
          NO_PHASE);
    }
  }
}
