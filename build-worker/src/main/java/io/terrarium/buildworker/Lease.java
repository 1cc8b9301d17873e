package io.terrarium.buildworker;

import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.kernel.client.ServiceFault;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one claim alive by beats, and does what the answers wish. Without answers the supervisor
/// ends terraform by itself.
///
/// A claim that ended while the outcome is on its way would make an apply that went well an errored
/// one, however safe the outcome lies in RabbitMQ. So it is kept until atlas has taken that.
final class Lease implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  /// Longer than a broker or build-manager are away; an outcome that is not taken then was lost.
  private static final long SETTLED_NANOS_MAX = TimeUnit.MINUTES.toNanos(30);

  private final Atlas atlas;
  private final Claims.Granted granted;
  private final Flow flow;
  private final Reins reins;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean isOpen = true;
  private volatile long settlingSince;
  private volatile boolean isSettling;

  Lease(Atlas atlas, Claims.Granted granted, Flow flow, Reins reins) {
    this.atlas = atlas;
    this.granted = granted;
    this.flow = flow;
    this.reins = reins;
    Thread.ofVirtual().name("lease").start(this::run);
  }

  String phaseId() {
    return granted.build().phaseId();
  }

  BuildSpecification build() {
    return granted.build();
  }

  Reins reins() {
    return reins;
  }

  /// Beats at once.
  void wake() {
    wake.release();
  }

  /// The outcome is with the broker: there is nothing left to end, only the claim to keep.
  void settle() {
    settlingSince = System.nanoTime();
    isSettling = true;
  }

  /// Whether it has nothing left to do.
  boolean isOver() {
    return !isOpen;
  }

  private void run() {
    try {
      while (isOpen) {
        boolean isWoken = wake.tryAcquire(granted.beatSeconds(), TimeUnit.SECONDS);
        if (isWoken) {
          wake.drainPermits();
        }
        if (isSettling && System.nanoTime() - settlingSince > SETTLED_NANOS_MAX) {
          close();
        }
        if (isOpen) {
          beat();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      Claims.Wish wish = atlas.beat(phaseId(), granted.attempt(), flow);
      reins.beat();
      switch (wish) {
        case CONTINUE -> {}
        case INTERRUPT -> reins.interrupt(Ending.CANCELED);
        case KILL -> reins.kill(Ending.CANCELED);
      }
    } catch (ServiceFault fault) {
      boolean isGone = fault.status() == 409 || fault.status() == 410 || fault.status() == 404;
      if (isGone) {
        isOpen = false;
      }
      if (isGone && isSettling) {
        // Atlas has taken the outcome, or has no use for it.
        return;
      }
      log.atWarn()
          .addKeyValue("phase_id", phaseId())
          .addKeyValue("reason", fault.getMessage())
          .log("beat was not answered well");
      if (isGone) {
        reins.kill(Ending.LOST);
      }
    }
  }

  @Override
  public void close() {
    isOpen = false;
    wake.release();
  }
}
