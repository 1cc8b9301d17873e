package io.terrarium.buildworker.engine;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `terraform init`, silent unless it fails.
final class Initialization {
  /// The plugin cache is not made for several writers, but no build waits for another for ever.
  private static final Semaphore CACHE_WRITER = new Semaphore(1, true);

  private static final long WAIT_SECONDS_MAX = 60;

  private final EngineConfig config;
  private final Workplace workplace;

  Initialization(EngineConfig config, Workplace workplace) {
    this.config = config;
    this.workplace = workplace;
  }

  void run() throws InterruptedException {
    workplace.log().line("Initializing plugins and modules...");
    boolean isAlone =
        config.pluginCache().isPresent()
            && CACHE_WRITER.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    try {
      workplace.runQuietly(List.of("init", "-input=false"), "init.out");
    } finally {
      if (isAlone) {
        CACHE_WRITER.release();
      }
    }
  }
}
