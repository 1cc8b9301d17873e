package io.terrarium.core.hop;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The recorded hops of every flow.
public final class Hops {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final Clock clock;
  private final HopStore store = new HopStore();

  public Hops(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public void record(List<Hop> hops) {
    if (!hops.isEmpty()) {
      database.useTransaction(db -> store.insert(db, hops));
    }
  }

  /// The hops of `flow`, in the order in which they were sent.
  public List<Hop> of(String flow) {
    return database.read(db -> store.list(db, flow));
  }

  /// Deletes what is older than 30 days.
  public void sweep() {
    database.useTransaction(db -> store.deleteBefore(db, clock.instant().minus(KEPT)));
  }
}
