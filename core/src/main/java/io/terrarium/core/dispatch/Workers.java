package io.terrarium.core.dispatch;

import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.kernel.database.Database;

/// The build workers by their own word. One that has been silent for 15 seconds counts as gone.
public final class Workers {
  private static final String BEAT =
      """
      INSERT INTO workers (worker, node, slots, free, draining, sandbox, seen_at)
      VALUES (:worker, :node, :slots, :free, :draining, :sandbox, now())
      ON CONFLICT (worker) DO UPDATE
         SET slots = :slots, free = :free, draining = :draining, sandbox = :sandbox, seen_at = now()
      """;

  private static final String FORGET =
      "DELETE FROM workers WHERE seen_at < now() - interval '10 minutes'";

  private final Database database;
  private final Runnable wakeDispatcher;

  public Workers(Database database, Runnable wakeDispatcher) {
    this.database = database;
    this.wakeDispatcher = wakeDispatcher;
  }

  public void beat(WorkerBeat beat) {
    database.useTransaction(db ->
        db.createUpdate(BEAT)
            .bind("worker", beat.worker())
            .bind("node", beat.node())
            .bind("slots", beat.slots())
            .bind("free", beat.free())
            .bind("draining", beat.draining())
            .bind("sandbox", beat.sandbox())
            .execute());
    if (beat.free() > 0 && !beat.draining()) {
      wakeDispatcher.run();
    }
  }

  /// Deletes what has been silent for long.
  public void sweep() {
    database.useTransaction(db -> db.createUpdate(FORGET).execute());
  }
}
