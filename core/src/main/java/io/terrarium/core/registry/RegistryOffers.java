package io.terrarium.core.registry;

import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the registry of what archivist has stored ("Module Ingress": atlas sends the object's id).
/// Any node may do so, and any may do it twice: the registry goes by the version's id. What waits
/// stands in the database until the registry has answered, so that a process may die in between.
public final class RegistryOffers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryOffers.class);
  private static final int BATCH_MAX = 100;
  private static final long LOOK_SECONDS = 10;
  private static final int CONFLICT = 409;

  private final ServiceClient client;
  private final List<Offered<?>> kinds;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean isClosed;

  public RegistryOffers(ServiceClient client, List<Offered<?>> kinds) {
    this.client = client;
    this.kinds = List.copyOf(kinds);
  }

  /// The registry as it is told.
  @FunctionalInterface
  public interface Registry {
    /// @throws ServiceFault when it has not taken it
    void post(String path, Object offer, Map<String, String> headers);
  }

  /// Begins to offer what comes, and what was left over.
  public void start() {
    Thread.ofVirtual().name("registry-offers").start(this::offerWhenWoken);
  }

  /// Something has been stored or changed; called many times, it costs one look.
  public void wake() {
    wakes.release();
  }

  private void offerWhenWoken() {
    while (!isClosed) {
      for (Offered<?> kind : kinds) {
        offerAllOf(kind);
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

  /// What goes wrong with one kind keeps no other from being offered.
  private void offerAllOf(Offered<?> kind) {
    try {
      offerAll(kind);
    } catch (RuntimeException e) {
      if (!isClosed) {
        log.atWarn().setCause(e).log("versions are offered to the registry again later");
      }
    }
  }

  /// One that the registry cannot take now waits for the next time.
  private <T> void offerAll(Offered<T> kind) {
    for (T thing : kind.waiting(BATCH_MAX)) {
      try {
        kind.offer(thing, this::post);
      } catch (ServiceFault fault) {
        if (fault.isPassing()) {
          log.atWarn()
              .addKeyValue("version_id", kind.name(thing))
              .addKeyValue("reason", fault.summary())
              .log("the registry takes no version now, it is offered again");
          return;
        }
        if (fault.status() == CONFLICT) {
          // One of the same number was deleted, and the job that tells so is still on its way.
          continue;
        }
        kind.refused(thing, "The registry does not take it: " + fault.detail());
      }
    }
  }

  private void post(String path, Object offer, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    client.post(path, offer, all);
  }

  @Override
  public void close() {
    isClosed = true;
    wakes.release();
  }
}
