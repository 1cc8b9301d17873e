package io.terrarium.core.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.job.JobCodec;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs that leave with the transaction that wants them.
///
/// The row is written with the change, pushed to Redis right after the commit, and deleted by the
/// worker in the transaction of the job's effect. A process that dies in between loses nothing: any
/// node's [#pushOverdue] finds rows that were never pushed, or whose lease is over, and pushes them
/// again under the same jid; every job may run twice.
public final class Outbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final int BATCH_MAX = 500;

  private final Database database;
  private final Clock clock;
  private final Consumer<List<OutboxRow>> redis;
  private final OutboxStore store = new OutboxStore();
  private final ExecutorService relay = Executors.newVirtualThreadPerTaskExecutor();

  /// @param redis pushes rows to their Sidekiq queues; throws when it cannot
  public Outbox(Database database, Clock clock, Consumer<List<OutboxRow>> redis) {
    this.database = database;
    this.clock = clock;
    this.redis = redis;
  }

  /// Leaves `job` for a sidekiq worker, once the transaction of `db` has been committed.
  public void add(Handle db, Job job, String flow, String phase) {
    OutboxRow row =
        new OutboxRow(
            Tokens.hex(12),
            JobCodec.className(job),
            JobCodec.queue(job).wire(),
            JobCodec.argument(job),
            flow,
            phase,
            clock.instant());
    store.insert(db, row);
    db.afterCommit(() -> relay.execute(() -> push(List.of(row))));
  }

  /// The job's effect is part of the transaction of `db`; a repetition will find nothing to do.
  public void done(Handle db, String jid) {
    store.delete(db, jid);
  }

  /// As [#done], for effects outside the database.
  public void done(String jid) {
    database.useTransaction(db -> store.delete(db, jid));
  }

  /// The job is with Sidekiq until `time` and a while longer: it is not pushed again before.
  public void postpone(String jid, Instant time) {
    Duration rest = Duration.between(clock.instant(), time);
    database.useTransaction(db -> store.postpone(db, jid, rest));
  }

  /// Pushes what should have been pushed already.
  ///
  /// @return how many rows
  public int pushOverdue() {
    // Within the transaction: while redis is away the rows stay overdue for the next sweep. Should
    // the commit fail after a push, they are pushed once more, which every job bears.
    List<OutboxRow> rows =
        database.inTransaction(db -> {
          List<OutboxRow> taken = store.takeOverdue(db, BATCH_MAX);
          if (!taken.isEmpty()) {
            redis.accept(taken);
          }
          return taken;
        });
    if (!rows.isEmpty()) {
      log.atInfo().addKeyValue("jobs", rows.size()).log("overdue jobs pushed again");
    }
    return rows.size();
  }

  /// Redis has lost its memory: every row counts as never pushed.
  public void forgetPushes() {
    database.useTransaction(store::forgetPushes);
  }

  private void push(List<OutboxRow> rows) {
    try {
      redis.accept(rows);
      List<String> jids = rows.stream().map(OutboxRow::jid).toList();
      database.useTransaction(db -> store.pushed(db, jids));
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).addKeyValue("jobs", rows.size()).log("jobs wait for redis");
    }
  }

  @Override
  public void close() {
    relay.shutdown();
    relay.close();
  }

  /// One job on its way.
  public record OutboxRow(
      String jid,
      String className,
      String queue,
      JsonNode argument,
      String flow,
      String phase,
      Instant createdAt) {}
}
