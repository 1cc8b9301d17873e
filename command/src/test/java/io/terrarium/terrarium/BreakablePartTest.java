package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.lab.LabAction;
import io.terrarium.contracts.lab.LabPart.State;
import io.terrarium.kernel.Fault;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a real process.
class BreakablePartTest {
  private final CountDownLatch mayStop = new CountDownLatch(1);
  private final Sleeper sleeper = new Sleeper();
  private final BreakablePart part = new BreakablePart(sleeper);

  private final class Sleeper implements Breakable {
    private Process process = begun();

    private static Process begun() {
      try {
        return new ProcessBuilder("sleep", "600").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String name() {
      return "sleeper";
    }

    @Override
    public void stop() {
      try {
        mayStop.await();
        process.destroy();
        process.waitFor();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void start() {
      process = begun();
    }

    @Override
    public long pid() {
      return process.pid();
    }
  }

  @AfterEach
  void end() {
    sleeper.process.destroyForcibly();
  }

  private void awaitState(State state) {
    Eventually.until(state.name(), () -> part.told().state() == state);
  }

  private boolean isHalted() {
    try {
      Process ps =
          new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(sleeper.pid())).start();
      return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .startsWith("T");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void is_stopped_in_good_order_and_started_again() {
    part.take(LabAction.STOP);

    assertThat(part.told().state()).isEqualTo(State.STOPPING);
    assertThat(part.told().possible()).isEmpty();
    assertThatThrownBy(() -> part.take(LabAction.START))
        .isInstanceOf(Fault.Conflict.class)
        .hasMessageContaining("sleeper is stopping");
    mayStop.countDown();
    awaitState(State.STOPPED);
    assertThat(sleeper.process.isAlive()).isFalse();

    part.take(LabAction.START);
    awaitState(State.RUNNING);
    assertThat(sleeper.process.isAlive()).isTrue();
  }

  @Test
  void is_paused_and_let_go() {
    part.take(LabAction.PAUSE);

    Eventually.until("the pause", this::isHalted);
    assertThat(part.told().possible()).containsExactly(LabAction.RESUME, LabAction.KILL);

    part.letGo();

    Eventually.until("the end of the pause", () -> !isHalted());
    assertThat(part.told().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void is_killed_even_while_it_is_paused() throws InterruptedException {
    part.take(LabAction.PAUSE);

    part.take(LabAction.KILL);

    assertThat(sleeper.process.waitFor()).isNotZero();
    awaitState(State.STARTING);
  }

  @Test
  void is_not_paused_before_it_is_back_from_being_killed() throws InterruptedException {
    part.take(LabAction.KILL);
    sleeper.process.waitFor();

    awaitState(State.STARTING);
    assertThat(part.told().possible()).containsExactly(LabAction.STOP);
    assertThatThrownBy(() -> part.take(LabAction.PAUSE))
        .isInstanceOf(Fault.Conflict.class)
        .hasMessageContaining("sleeper is starting");

    sleeper.start();
    assertThat(part.told().state()).isEqualTo(State.RUNNING);
    assertThat(part.told().possible()).contains(LabAction.PAUSE, LabAction.KILL);
  }
}
