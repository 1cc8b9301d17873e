package io.terrarium.buildworker.engine;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `terraform init`, silent unless it fails.
final class Initialization {
  private static final long WAIT_SECONDS_MAX = 60;

  private final EngineConfig config;
  private final Semaphore cacheWriter;
  private final Workplace workplace;

  /// @param cacheWriter of the one who writes into the plugin cache, which is not made for several;
  ///   but no build waits for another for ever
  Initialization(EngineConfig config, Semaphore cacheWriter, Workplace workplace) {
    this.config = config;
    this.cacheWriter = cacheWriter;
    this.workplace = workplace;
  }

  void run() throws InterruptedException {
    workplace.log().line("Initializing plugins and modules...");
    boolean isAlone =
        config.pluginCache().isPresent()
            && cacheWriter.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    try {
      workplace.runQuietly(List.of("init", "-input=false"), "init.out");
    } finally {
      if (isAlone) {
        cacheWriter.release();
      }
    }
  }
}
