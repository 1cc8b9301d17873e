package io.terrarium.core.notification;

import io.terrarium.contracts.job.Job;
import io.terrarium.core.notification.Courier.Attempt;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunStatus;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Delivers what the followers of runs have left.
public final class Deliveries {
  private final Database database;
  private final Outbox outbox;
  private final Tokens tokens;
  private final Courier courier;
  private final NotificationStore store = new NotificationStore();
  private final DeliveryStore deliveries = new DeliveryStore();

  Deliveries(Database database, Outbox outbox, Tokens tokens, Courier courier) {
    this.database = database;
    this.outbox = outbox;
    this.tokens = tokens;
    this.courier = courier;
  }

  private record Letter(NotificationConfiguration to, Notice notice) {}

  /// Makes one attempt. Nothing is held while the receiver takes its time: no transaction, and no
  /// lock. The job may be done twice: whoever dies between the receiver's answer and the
  /// transaction that keeps it has the receiver told again, which it is to expect of any webhook;
  /// an attempt is kept together with the end of its job, so a notification that was never taken is
  /// never forgotten before its tries are used up.
  ///
  /// @param flow what the job belongs to, as headers
  /// @throws DeliveryFault when it was not taken and another try may help
  public void deliver(Job.DeliverNotification job, Map<String, String> flow, String jid) {
    Optional<Letter> letter = database.read(db -> letter(db, job));
    if (letter.isEmpty()) {
      outbox.done(jid);
      return;
    }
    NotificationConfiguration to = letter.get().to();
    Optional<Secret> token = tokens.open(to.tokenCiphertext());
    Attempt attempt = courier.bring(to, token, letter.get().notice(), flow);
    boolean isOver = attempt.response().successful() || attempt.isHopeless();
    database.useTransaction(db -> {
      deliveries.keep(db, to.key(), attempt.response());
      if (isOver) {
        outbox.done(db, jid);
      }
    });
    if (!isOver) {
      throw new DeliveryFault(to.id(), attempt.response().code());
    }
  }

  /// Empty when nobody is to be told any more: the configuration is gone or switched off, or the
  /// run is gone.
  private Optional<Letter> letter(Handle db, Job.DeliverNotification job) {
    Optional<NotificationConfiguration> to =
        store.find(db, job.configurationId()).filter(found -> found.definition().enabled());
    Optional<RunFacts> run = to.flatMap(_ -> store.run(db, job.runId()));
    return run.map(facts ->
        new Letter(
            to.orElseThrow(),
            Notice.of(
                facts,
                RunStatus.valueOf(job.runStatus().toUpperCase(Locale.ROOT)),
                job.trigger(),
                job.runUpdatedAt(),
                job.runUpdatedBy() == null
                    ? null
                    : store.username(db, job.runUpdatedBy()).orElse(null))));
  }
}
