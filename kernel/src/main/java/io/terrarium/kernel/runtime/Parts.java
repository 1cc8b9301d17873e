package io.terrarium.kernel.runtime;

import io.terrarium.kernel.metrics.Measured;
import io.terrarium.kernel.metrics.Metrics;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What something is made of, closed the last one first. A part that does not close cleanly is
/// logged and does not keep the others from it.
public final class Parts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final String owner;
  private final Optional<Metrics> metrics;
  private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  /// @param owner as the log names it
  public Parts(String owner) {
    this(owner, Optional.empty());
  }

  /// The same for a service: what of its parts can be measured is, from the moment it is added.
  public Parts(String owner, Metrics metrics) {
    this(owner, Optional.of(metrics));
  }

  private Parts(String owner, Optional<Metrics> metrics) {
    this.owner = owner;
    this.metrics = metrics;
  }

  public <T extends AutoCloseable> T add(T part) {
    open.push(part);
    if (part instanceof Measured measured) {
      metrics.ifPresent(counts -> measured.measureIn(counts.registry()));
    }
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part = open.poll(); part != null; part = open.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        log.atWarn()
            .addKeyValue("owner", owner)
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("did not close cleanly");
      }
    }
  }
}
