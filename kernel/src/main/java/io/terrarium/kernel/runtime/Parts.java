package io.terrarium.kernel.runtime;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What something is made of, closed the last one first. A part that does not close cleanly is
/// logged and does not keep the others from it.
public final class Parts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final String owner;
  private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  /// @param owner as the log names it
  public Parts(String owner) {
    this.owner = owner;
  }

  public <T extends AutoCloseable> T add(T part) {
    open.push(part);
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
