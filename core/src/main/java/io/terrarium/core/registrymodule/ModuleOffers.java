package io.terrarium.core.registrymodule;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the registry of what archivist has stored ("Module Ingress": atlas sends the object's id).
/// Any node may do so, and any may do it twice: the registry goes by the version's id.
public final class ModuleOffers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModuleOffers.class);
  private static final int BATCH_MAX = 100;
  private static final long LOOK_SECONDS = 10;
  private static final int CONFLICT = 409;

  private final Database database;
  private final ServiceClient registry;
  private final ModuleVersions versions;
  private final Clock clock;
  private final ModuleVersionStore store = new ModuleVersionStore();
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean isClosed;

  public ModuleOffers(
      Database database, ServiceClient registry, ModuleVersions versions, Clock clock) {
    this.database = database;
    this.registry = registry;
    this.versions = versions;
    this.clock = clock;
  }

  /// Begins to offer what comes, and what was left over.
  public void start() {
    Thread.ofVirtual().name("module-offers").start(this::offerWhenWoken);
  }

  /// Something has been stored; called many times, it costs one look.
  public void wake() {
    wakes.release();
  }

  private void offerWhenWoken() {
    while (!isClosed) {
      try {
        offerAll();
      } catch (RuntimeException e) {
        if (!isClosed) {
          log.atWarn().setCause(e).log("modules are offered again later");
        }
      }
      try {
        // What another node has left over is found without a wake.
        if (wakes.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
          wakes.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// One that the registry cannot take now waits for the next time.
  private void offerAll() {
    List<ModuleVersion> waiting = database.read(db -> store.toOffer(db, BATCH_MAX));
    for (ModuleVersion version : waiting) {
      try {
        offer(version);
      } catch (ServiceFault fault) {
        if (fault.isPassing()) {
          log.atWarn()
              .addKeyValue("module_version_id", version.id())
              .addKeyValue("reason", fault.summary())
              .log("the registry takes no module now, it is offered again");
          return;
        }
        if (fault.status() == CONFLICT) {
          // One of the same number was deleted, and the job that tells so is still on its way.
          continue;
        }
        database.useTransaction(db ->
            versions.fail(
                db,
                version,
                Status.REG_INGRESS_REQ_FAILED,
                "The registry does not take it: " + fault.detail()));
      }
    }
  }

  private void offer(ModuleVersion version) {
    Instant now = clock.instant();
    Map<String, String> headers =
        new LinkedHashMap<>(
            new Flow(version.id().value(), AvailabilityStep.PHASE, "atlas", now, null).headers());
    headers.put("Content-Type", "application/json");
    ModuleVersion.Owner owner = version.owner();
    registry.post(
        InternalApi.MODULE_VERSIONS,
        new ModuleVersionOffer(
            ModuleVersionOffer.VERSION,
            version.id(),
            owner.organization(),
            owner.name(),
            owner.provider(),
            version.version(),
            Objects.requireNonNull(version.objectId()),
            version.createdAt(),
            null),
        headers);
    database.useTransaction(db -> store.offered(db, version.key(), clock.instant()));
  }

  @Override
  public void close() {
    isClosed = true;
    wakes.release();
  }
}
