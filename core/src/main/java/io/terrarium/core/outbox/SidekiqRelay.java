package io.terrarium.core.outbox;

import io.terrarium.contracts.job.JobCodec;
import io.terrarium.core.hop.HopSpans;
import io.terrarium.core.outbox.Outbox.OutboxRow;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Pushes rows of the outbox to their Sidekiq queues. The flow and its trace travel as extra keys,
/// which Sidekiq's own tools ignore.
public final class SidekiqRelay implements Consumer<List<OutboxRow>> {
  private final SidekiqClient sidekiq;
  private final Clock clock;

  public SidekiqRelay(SidekiqClient sidekiq, Clock clock) {
    this.sidekiq = sidekiq;
    this.clock = clock;
  }

  @Override
  public void accept(List<OutboxRow> rows) {
    sidekiq.pushAll(rows.stream().map(this::job).toList());
  }

  private SidekiqJob job(OutboxRow row) {
    SidekiqJob job =
        SidekiqJob.of(
            row.className(), row.queue(), row.jid(), List.of(row.argument()), row.createdAt());
    OptionalInt retries = JobCodec.retries(row.className());
    return (retries.isPresent() ? job.retriedAtMost(retries.getAsInt()) : job)
        .with("flow", row.flow())
        .with("phase", row.phase())
        .with("traceparent", HopSpans.rootOf(row.flow(), row.phase()).traceparent())
        .with("from", "atlas")
        .with("sent_at", Json.format(clock.instant()));
  }
}
