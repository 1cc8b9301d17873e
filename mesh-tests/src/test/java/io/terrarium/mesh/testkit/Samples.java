package io.terrarium.mesh.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.terrarium.testkit.Terrarium;
import io.terrarium.testkit.TerrariumTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// A process with two test classes side by side. Each says where it is; then they wait until the
/// input ends.
public final class Samples {
  /// Both are under way, or the one would end before the other begins.
  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  private Samples() {}

  public static void main(String[] arguments) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(First.class), selectClass(Second.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter(
                    "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                    "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .build(),
            summary);
    summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit((int) summary.getSummary().getTotalFailureCount());
  }

  private static void tell(Terrarium terrarium) throws Exception {
    System.out.println("here: " + terrarium.address() + " " + terrarium.organization());
    BOTH.await(2, TimeUnit.MINUTES);
    awaitEndOfInput();
  }

  private static void awaitEndOfInput() throws IOException {
    synchronized (System.in) {
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /// Its one instance is made before anything else is told of the class.
  @TerrariumTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class First {
    private final Terrarium terrarium;

    First(Terrarium terrarium) {
      this.terrarium = terrarium;
    }

    @Test
    void tells() throws Exception {
      tell(terrarium);
    }
  }

  @TerrariumTest
  static final class Second {
    @Nested
    class Within {
      @Test
      void tells(Terrarium terrarium) throws Exception {
        tell(terrarium);
      }
    }
  }
}
