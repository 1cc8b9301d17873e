package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.kernel.metrics.Measure;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What a build says of its use of the machine.
class MeasuredIT extends EngineTrial {
  private long measure(Measure measure) {
    return reins.trees().measures().getOrDefault(measure, 0L);
  }

  @Test
  void a_build_in_its_sandbox_tells_what_all_its_processes_use() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    engine = engine(hungry());
    memoryMegabytes = 900;
    upload(MAIN);
    CompletableFuture<Void> build = CompletableFuture.runAsync(() -> run(ABuild.plan()));

    Eventually.until("a plan that holds 50 MB", () -> measure(Measure.MEMORY_USED) > 50_000_000);

    Map<Measure, Long> measures = reins.trees().measures();
    reins.interrupt(Ending.CANCELED);
    build.join();
    assertThat(measures).containsEntry(Measure.MEMORY_LIMIT, 900L << 20);
    assertThat(measures.get(Measure.PROCESS_COUNT)).as("supervisor and terraform").isGreaterThan(1);
    assertThat(measure(Measure.CPU_USER)).as("kept at its end").isPositive();
    assertThat(measure(Measure.PROCESS_COUNT)).isZero();
  }
}
