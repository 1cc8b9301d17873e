package io.terrarium.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogScopeTest {
  @Nested
  class A_scope {
    @Test
    void adds_to_the_one_around_it_and_leaves_it_as_it_was() {
      try (LogScope _ = LogScope.open(LogScope.COMPONENT, "atlas")) {
        Map<String, String> within;
        try (LogScope _ = LogScope.open(Map.of(LogScope.REQUEST_ID, "r1"))) {
          within = LogScope.fields();
        }

        assertThat(within).isEqualTo(Map.of("component", "atlas", "request_id", "r1"));
        assertThat(LogScope.fields()).isEqualTo(Map.of("component", "atlas"));
      }
      assertThat(LogScope.fields()).isEmpty();
    }

    @Test
    void goes_along_with_the_virtual_threads_of_its_work() throws InterruptedException {
      AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());

      try (LogScope _ = LogScope.open(Map.of("component", "atlas", "request_id", "r1"))) {
        Thread.ofVirtual()
            .start(() -> {
              Thread further = Thread.ofVirtual().start(() -> seen.set(LogScope.fields()));
              join(further);
            })
            .join();
      }

      assertThat(seen.get()).isEqualTo(Map.of("component", "atlas", "request_id", "r1"));
    }

    @Test
    void leaves_a_platform_thread_nothing_but_whose_it_is() throws InterruptedException {
      AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());

      try (LogScope _ = LogScope.open(Map.of("component", "atlas", "request_id", "r1"))) {
        Thread.ofPlatform().start(() -> seen.set(LogScope.fields())).join();
      }

      assertThat(seen.get()).isEqualTo(Map.of("component", "atlas"));
    }

    @Test
    void of_a_platform_thread_itself_is_whole() throws InterruptedException {
      AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());

      Thread.ofPlatform()
          .start(() -> {
            try (LogScope _ = LogScope.open(LogScope.JOB_ID, "j1")) {
              seen.set(LogScope.fields());
            }
          })
          .join();

      assertThat(seen.get()).isEqualTo(Map.of("job_id", "j1"));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
