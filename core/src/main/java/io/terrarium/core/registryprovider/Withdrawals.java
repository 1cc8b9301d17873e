package io.terrarium.core.registryprovider;

import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What follows when versions of providers are deleted: the registry forgets them, and archivist
/// deletes what was stored. Both leave with the transaction that deletes the rows.
record Withdrawals(Outbox outbox) {
  void withdraw(Handle db, List<ProviderVersion> gone) {
    if (gone.isEmpty()) {
      return;
    }
    outbox.add(
        db,
        new Job.WithdrawVersions(List.of(), gone.stream().map(ProviderVersion::id).toList()),
        "",
        "");
    delete(db, gone.stream().flatMap(ProviderVersion::objects).toList());
  }

  void delete(Handle db, List<String> objects) {
    if (!objects.isEmpty()) {
      outbox.add(db, new Job.DeleteObjects(objects), "", "");
    }
  }
}
