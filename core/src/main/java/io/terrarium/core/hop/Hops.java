package io.terrarium.core.hop;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.telemetry.SpanExport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The recorded hops of every flow.
public final class Hops {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final Clock clock;
  private final HopStore store = new HopStore();
  private volatile Optional<SpanExport> spans = Optional.empty();

  public Hops(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// From now on, hops are told to whoever collects traces, too.
  public void exportTo(SpanExport export) {
    spans = Optional.of(export);
  }

  public void record(List<Hop> hops) {
    if (!hops.isEmpty()) {
      database.useTransaction(db -> store.insert(db, hops));
      spans.ifPresent(export -> hops.stream().map(HopSpans::of).forEach(export::add));
    }
  }

  /// The hops of `flow`, in the order in which they were sent.
  public List<Hop> of(String flow) {
    return database.read(db -> store.list(db, flow));
  }

  /// Hops from one to another.
  ///
  /// @param failed those of them that did not go well
  public record Traffic(String from, String to, Medium medium, long hops, long failed) {}

  /// Who has sent how much to whom within the last `span`.
  public List<Traffic> traffic(Duration span) {
    return database.read(db -> store.traffic(db, clock.instant().minus(span)));
  }

  /// The flows that began within the last `span`, the latest first.
  public List<String> latest(Duration span, int most) {
    return database.read(db -> store.latest(db, clock.instant().minus(span), most));
  }

  /// Deletes what is older than 30 days.
  public void sweep() {
    database.useTransaction(db -> store.deleteBefore(db, clock.instant().minus(KEPT)));
  }
}
