package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BootTest {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Boot boot = new Boot((part, state, _) -> heard.add(part + " " + state));

  @Test
  void steps_of_a_batch_run_side_by_side() {
    CountDownLatch both = new CountDownLatch(2);

    boot.inParallel(List.of(boot.step("a", () -> meet(both)), boot.step("b", () -> meet(both))));

    assertThat(heard).contains("a READY", "b READY");
  }

  @Test
  void a_failure_is_thrown_after_the_others_are_through() {
    assertThatThrownBy(() ->
            boot.inParallel(
                List.of(boot.step("bad", () -> fail("no room")), boot.step("good", () -> {}))))
        .isInstanceOf(MeshFault.class)
        .hasMessage("no room");
    assertThat(heard).contains("bad FAILED", "good READY");
  }

  private static void fail(String why) {
    throw new MeshFault(why);
  }

  private static void meet(CountDownLatch both) {
    both.countDown();
    try {
      both.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
