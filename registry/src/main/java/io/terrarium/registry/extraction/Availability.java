package io.terrarium.registry.extraction;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.registry.extraction.WorkStore.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a version from saved to served: claimed, read, kept, told to atlas. Each step is in
/// the row before the next one begins, so whoever dies, and whenever, another goes on from there
/// once the claim is over. A step may be done twice; what comes of it is the same.
public final class Availability {
  private static final Logger log = LoggerFactory.getLogger(Availability.class);

  /// Longer than archivist and atlas are waited for. While a slug comes in, it is renewed.
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final int CRASHES_MAX = 3;
  private static final long WAIT_SECONDS_MAX = 60;
  private static final int PASSED_MAX = 1_000;
  private static final String NOT_KEPT =
      "What was read of the module cannot be kept by the registry; its log says more.";

  private final Database database;
  private final Extraction extraction;
  private final ServiceClient atlas;
  private final HopReporter hops;
  private final Clock clock;
  private final String self;
  private final WorkStore store = new WorkStore();
  private final ConcurrentMap<ModuleVersionId, Passed> passed = new ConcurrentHashMap<>();

  /// What the API has said with a version, for the hop.
  private record Passed(Flow flow, Instant receivedAt) {}

  /// @param self as hops name this program
  public Availability(
      Database database,
      Extraction extraction,
      ServiceClient atlas,
      HopReporter hops,
      Clock clock,
      String self) {
    this.database = database;
    this.extraction = extraction;
    this.atlas = atlas;
    this.hops = hops;
    this.clock = clock;
    this.self = self;
  }

  /// The API has passed a version on. Only the flow is remembered: the work is in the database.
  public void expect(ModuleVersionId id, Flow flow, Instant receivedAt) {
    if (passed.size() < PASSED_MAX) {
      passed.put(id, new Passed(flow, receivedAt));
    }
  }

  /// Works on the version that has waited longest.
  ///
  /// @return false when there is none
  public boolean next() {
    Optional<Claimed> claimed = database.inTransaction(db -> store.claim(db, LEASE));
    claimed.ifPresent(this::work);
    if (claimed.isEmpty()) {
      // Whatever was passed on is done, perhaps by another worker.
      passed.clear();
    }
    return claimed.isPresent();
  }

  private void work(Claimed claimed) {
    Passed way = way(claimed);
    try (LogScope _ = LogScope.open(FlowLog.of(claimed.moduleVersionId().value(), ""))) {
      Optional<Claimed> ended =
          claimed.status() == ExtractionStatus.PENDING
              ? extract(claimed, way)
              : Optional.of(claimed);
      ended.ifPresent(result -> tell(result, way.flow()));
    } catch (RuntimeException e) {
      postpone(claimed, e);
    }
  }

  /// A version that was not passed on was found in the database.
  private Passed way(Claimed claimed) {
    Passed known = passed.remove(claimed.moduleVersionId());
    Instant now = clock.instant();
    String id = claimed.moduleVersionId().value();
    return known == null || known.flow().id().isEmpty()
        ? new Passed(new Flow(id, AvailabilityStep.PHASE, "registry-api", now, null), now)
        : known;
  }

  /// Empty when what was found does not count.
  private Optional<Claimed> extract(Claimed claimed, Passed way) {
    Instant begun = clock.instant();
    Extraction.Outcome outcome =
        claimed.crashes() > CRASHES_MAX
            ? new Extraction.Outcome.Failed(
                "The registry's worker ended %d times while it read this module."
                    .formatted(claimed.crashes()))
            : extraction.of(
                claimed.objectId(),
                way.flow().on(self, clock.instant()).headers(),
                () -> database.useTransaction(db -> store.renew(db, claimed, LEASE)));
    Optional<Claimed> ended = keep(claimed, outcome);
    ended.ifPresent(result -> report(way, begun, result));
    return ended;
  }

  /// Empty when what was found does not count.
  private Optional<Claimed> keep(Claimed claimed, Extraction.Outcome outcome) {
    return switch (outcome) {
      case Extraction.Outcome.Read(List<ModuleContent> modules) -> {
        try {
          yield finish(claimed.ended(ExtractionStatus.OK, null), modules);
        } catch (RuntimeException refused) {
          if (refused instanceof Outage outage && outage.isPassing()) {
            throw refused;
          }
          // The next try would be refused as well; whoever waits for the version is to know.
          log.atError().setCause(refused).log("what was read of a module cannot be kept");
          yield finish(claimed.ended(ExtractionStatus.FAILED, NOT_KEPT), List.of());
        }
      }
      case Extraction.Outcome.Failed(String reason) ->
          finish(claimed.ended(ExtractionStatus.FAILED, reason), List.of());
    };
  }

  private Optional<Claimed> finish(Claimed ended, List<ModuleContent> contents) {
    if (!database.inTransaction(db -> store.finish(db, ended, contents, LEASE))) {
      return Optional.empty();
    }
    log.atInfo()
        .addKeyValue("module_version_id", ended.moduleVersionId().value())
        .addKeyValue("status", ended.status().wire())
        .addKeyValue("modules", contents.size())
        .log("module version is read");
    return Optional.of(ended);
  }

  private void report(Passed way, Instant begun, Claimed result) {
    hops.add(
        way.flow()
            .hop(
                AvailabilityStep.PASSED_TO_WORKER,
                "pass the details",
                self,
                Medium.HTTP,
                way.receivedAt(),
                begun)
            .sending(new Shown.Extract(result.moduleVersionId())));
    hops.add(
        way.flow()
            .on("archivist", begun)
            .hop(Step.OURS, "pull and read the modules", self, Medium.HTTP, begun, clock.instant())
            .endingWith(result.status() == ExtractionStatus.OK ? "ok" : "failed")
            .sending(new Shown.Download("slug", result.objectId())));
  }

  private void tell(Claimed ended, Flow flow) {
    ModuleExtracted word =
        new ModuleExtracted(
            ModuleExtracted.VERSION,
            ended.moduleVersionId(),
            ended.objectId(),
            ended.status(),
            ended.error());
    @Nullable String refusal = null;
    try {
      atlas.post(InternalApi.MODULE_EXTRACTED, word, flow.on(self, clock.instant()).headers());
    } catch (ServiceFault fault) {
      if (fault.isPassing()) {
        throw fault;
      }
      refusal = fault.summary();
      log.atError()
          .addKeyValue("module_version_id", ended.moduleVersionId().value())
          .addKeyValue("reason", fault.getMessage())
          .log("atlas refuses the result of a module version");
    }
    String why = refusal;
    database.useTransaction(db -> store.told(db, ended, why));
  }

  private void postpone(Claimed claimed, RuntimeException why) {
    Duration wait =
        Duration.ofSeconds(Math.min(WAIT_SECONDS_MAX, 1L << Math.min(claimed.attempts(), 10)));
    log.atWarn()
        .addKeyValue("module_version_id", claimed.moduleVersionId().value())
        .addKeyValue("reason", why.toString())
        .addKeyValue("wait_s", wait.toSeconds())
        .log("module version waits for its next attempt");
    // Where the database is away, the claim ends by itself.
    database.useTransaction(db -> store.postpone(db, claimed, wait));
  }
}
