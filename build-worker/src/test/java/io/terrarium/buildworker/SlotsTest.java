package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final AtomicInteger changes = new AtomicInteger();
  private final Slots slots = new Slots(2, changes::incrementAndGet);

  @Nested
  class A_slot {
    @Test
    void is_not_free_while_it_is_taken() throws InterruptedException {
      slots.take();

      assertThat(slots.free()).isEqualTo(1);
      assertThat(slots.total()).isEqualTo(2);
    }

    @Test
    void is_not_had_when_all_are_taken() {
      assertThat(slots.tryTake()).isTrue();
      assertThat(slots.tryTake()).isTrue();

      assertThat(slots.tryTake()).isFalse();
      assertThat(slots.free()).isZero();
    }

    @Test
    void goes_to_who_waits_for_it_once_it_is_given_back() throws InterruptedException {
      slots.take();
      slots.take();
      AtomicBoolean has = new AtomicBoolean();
      Thread waiting =
          Thread.startVirtualThread(() -> {
            try {
              slots.take();
              has.set(true);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Eventually.until(
          "a thread that waits for a slot", () -> waiting.getState() == Thread.State.WAITING);
      boolean hadBefore = has.get();

      slots.give();
      waiting.join();

      assertThat(hadBefore).isFalse();
      assertThat(has).isTrue();
      assertThat(slots.free()).isZero();
    }
  }

  @Nested
  class A_change {
    @Test
    void is_told_when_a_slot_is_taken_and_when_it_is_given_back() throws InterruptedException {
      slots.take();
      slots.tryTake();
      slots.give();

      assertThat(changes).hasValue(3);
    }

    @Test
    void is_not_told_when_no_slot_was_had() {
      slots.tryTake();
      slots.tryTake();

      slots.tryTake();

      assertThat(changes).hasValue(2);
    }
  }

  @Nested
  class All_slots {
    @Test
    void are_free_and_stay_so_when_nothing_runs() throws InterruptedException {
      boolean areFree = slots.awaitAll(0);

      assertThat(areFree).isTrue();
      assertThat(slots.free()).isEqualTo(2);
    }

    @Test
    void are_not_free_while_one_is_taken() throws InterruptedException {
      slots.take();

      boolean areFree = slots.awaitAll(0);

      assertThat(areFree).isFalse();
      assertThat(slots.free()).isEqualTo(1);
    }
  }
}
