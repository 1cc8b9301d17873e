package io.terrarium.terrarium;

import io.terrarium.contracts.lab.LabAction;
import io.terrarium.contracts.lab.LabPart;
import io.terrarium.contracts.lab.LabPart.State;
import io.terrarium.kernel.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A part of the mesh as the lab's control has it. What takes long is done beside; meanwhile
/// nothing else may be asked.
final class BreakablePart {
  private static final Logger log = LoggerFactory.getLogger(BreakablePart.class);

  private final Breakable what;
  private State state = State.RUNNING;
  private String problem = "";

  BreakablePart(Breakable what) {
    this.what = what;
  }

  String name() {
    return what.name();
  }

  synchronized LabPart told() {
    return new LabPart(what.name(), shown(), possible(), problem);
  }

  /// What was killed is started again after a pause.
  private State shown() {
    boolean isDead = what.pid() > 0 && !isAlive();
    return state == State.RUNNING && isDead ? State.STARTING : state;
  }

  private boolean isAlive() {
    return what.pid() > 0 && ProcessHandle.of(what.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  private List<LabAction> possible() {
    List<LabAction> possible = new ArrayList<>();
    boolean hasProcess = isAlive();
    switch (state) {
      case RUNNING -> {
        if (what.mayBeAway()) {
          possible.add(LabAction.STOP);
          if (hasProcess) {
            possible.add(LabAction.PAUSE);
          }
        }
        if (hasProcess) {
          possible.add(LabAction.KILL);
        }
      }
      case PAUSED -> possible.addAll(List.of(LabAction.RESUME, LabAction.KILL));
      case STOPPED -> possible.add(LabAction.START);
      case STOPPING, STARTING -> {
        // It is waited for.
      }
    }
    return possible;
  }

  /// @throws Fault.Conflict when that is not possible now
  synchronized void take(LabAction action) {
    if (!possible().contains(action)) {
      throw new Fault.Conflict(
          "%s is %s; that is not possible now."
              .formatted(what.name(), shown().name().toLowerCase(Locale.ROOT)));
    }
    log.atWarn()
        .addKeyValue("part", what.name())
        .addKeyValue("action", action.wire())
        .log("somebody breaks or mends the lab");
    problem = "";
    switch (action) {
      case STOP -> beside(State.STOPPING, what::stop, State.STOPPED, State.RUNNING);
      case START -> beside(State.STARTING, what::start, State.RUNNING, State.STOPPED);
      case PAUSE -> {
        if (!signal("-STOP")) {
          throw new Fault.Conflict(what.name() + " has just ended. Try again in a moment.");
        }
        state = State.PAUSED;
      }
      case RESUME -> resume();
      case KILL -> {
        ProcessHandle.of(what.pid()).ifPresent(ProcessHandle::destroyForcibly);
        state = State.RUNNING;
      }
    }
  }

  /// What is paused cannot end in good order.
  synchronized void letGo() {
    if (state == State.PAUSED) {
      resume();
    }
  }

  private void resume() {
    signal("-CONT");
    state = State.RUNNING;
  }

  private void beside(State meanwhile, Runnable work, State then, State otherwise) {
    state = meanwhile;
    // A thread of its own kind: processes may be tied to the thread that starts them.
    Thread.ofPlatform()
        .daemon()
        .name("lab-" + what.name())
        .start(() -> {
          try {
            work.run();
            settle(then, "");
          } catch (RuntimeException e) {
            log.atWarn().setCause(e).addKeyValue("part", what.name()).log("the lab could not");
            settle(otherwise, String.valueOf(e.getMessage()));
          }
        });
  }

  private synchronized void settle(State now, String why) {
    state = now;
    problem = why;
  }

  /// False where its process is gone.
  private boolean signal(String name) {
    try {
      return new ProcessBuilder("kill", name, Long.toString(what.pid())).start().waitFor() == 0;
    } catch (IOException e) {
      throw new MeshFault("no signal can be sent to " + what.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
