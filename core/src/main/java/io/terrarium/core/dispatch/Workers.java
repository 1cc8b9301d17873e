package io.terrarium.core.dispatch;

import io.terrarium.contracts.internal.NodeBuilds;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.redis.RedisFault;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The build workers by their own word. One that has been silent for 15 seconds counts as gone.
public final class Workers {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private static final String BEAT =
      """
      INSERT INTO workers (worker, node, slots, free, draining, sandbox, seen_at)
      VALUES (:worker, :node, :slots, :free, :draining, :sandbox, now())
      ON CONFLICT (worker) DO UPDATE
         SET slots = :slots, free = :free, draining = :draining, sandbox = :sandbox, seen_at = now()
      """;

  private static final String FORGET =
      "DELETE FROM workers WHERE seen_at < now() - interval '10 minutes'";

  private static final String OF_NODE =
      """
      SELECT worker, node, slots, free, draining, sandbox FROM workers
       WHERE node = :node AND seen_at > now() - interval '15 seconds'
       ORDER BY worker
      """;

  // Of silent workers as well: such a phase is not ended before its claim is.
  private static final String HELD =
      """
      SELECT count(*) FROM phases p JOIN workers w ON w.worker = p.worker
       WHERE p.lease_until IS NOT NULL AND p.status = 'running' AND w.node = :node
      """;

  private final Database database;
  private final Predicate<String> isDrained;
  private final Runnable wakeDispatcher;

  /// @param isDrained whether a node is marked to take nothing new
  public Workers(Database database, Predicate<String> isDrained, Runnable wakeDispatcher) {
    this.database = database;
    this.isDrained = isDrained;
    this.wakeDispatcher = wakeDispatcher;
  }

  /// Notes a beat and answers what the worker shall do. The slots of a worker that is told to drain
  /// count no more from this beat on; that it drains is noted only once it says so itself, since
  /// until it has heard it may still take a build.
  public WorkerOrders beat(WorkerBeat beat) {
    WorkerOrders.Intake intake = intake(beat.node());
    note(beat, intake);
    if (intake == WorkerOrders.Intake.OPEN) {
      // Again, now that the worker is noted: whoever marks the node and then looks for workers
      // sees either this one, or this one sees the mark.
      intake = intake(beat.node());
      if (intake == WorkerOrders.Intake.DRAIN) {
        note(beat, intake);
      }
    }
    if (beat.free() > 0 && !beat.draining() && intake != WorkerOrders.Intake.DRAIN) {
      wakeDispatcher.run();
    }
    return new WorkerOrders(WorkerOrders.VERSION, intake);
  }

  private void note(WorkerBeat beat, WorkerOrders.Intake intake) {
    boolean counts = beat.draining() || intake != WorkerOrders.Intake.DRAIN;
    database.useTransaction(db ->
        db.createUpdate(BEAT)
            .bind("worker", beat.worker())
            .bind("node", beat.node())
            .bind("slots", counts ? beat.slots() : 0)
            .bind("free", counts ? beat.free() : 0)
            .bind("draining", beat.draining())
            .bind("sandbox", beat.sandbox())
            .execute());
  }

  private WorkerOrders.Intake intake(String node) {
    try {
      return isDrained.test(node) ? WorkerOrders.Intake.DRAIN : WorkerOrders.Intake.OPEN;
    } catch (RedisFault fault) {
      log.atWarn()
          .addKeyValue("node", node)
          .addKeyValue("reason", fault.getMessage())
          .log("whether the node is drained is not known now");
      return WorkerOrders.Intake.AS_BEFORE;
    }
  }

  /// What the workers of a node have in hand.
  public NodeBuilds builds(String node) {
    return database.inTransaction(db -> {
      List<WorkerBeat> workers =
          db.createQuery(OF_NODE)
              .bind("node", node)
              .map((row, _) ->
                  new WorkerBeat(
                      WorkerBeat.VERSION,
                      row.getString("worker"),
                      row.getString("node"),
                      row.getInt("slots"),
                      row.getInt("free"),
                      row.getBoolean("draining"),
                      row.getString("sandbox")))
              .list();
      int held = db.createQuery(HELD).bind("node", node).mapTo(Integer.class).one();
      return new NodeBuilds(NodeBuilds.VERSION, workers, held);
    });
  }

  /// Deletes what has been silent for long.
  public void sweep() {
    database.useTransaction(db -> db.createUpdate(FORGET).execute());
  }
}
