package io.terrarium.buildworker.sandbox;

import io.terrarium.kernel.metrics.ProcessTrees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Holds the processes of one build: passes beats on to them, ends them, and knows what they use.
public final class Reins {
  private final List<OutputStream> processes = new ArrayList<>();
  private final ProcessTrees trees = new ProcessTrees();
  private Ending ending = Ending.NONE;
  private boolean isKilled;

  public synchronized Ending ending() {
    return ending;
  }

  public synchronized boolean isEnding() {
    return ending != Ending.NONE;
  }

  /// The claim still holds.
  public synchronized void beat() {
    tell("beat");
  }

  /// Asks terraform to end.
  public synchronized void interrupt(Ending reason) {
    if (ending == Ending.NONE) {
      ending = reason;
      tell("interrupt");
    }
  }

  /// Ends it now.
  public synchronized void kill(Ending reason) {
    if (ending == Ending.NONE || reason == Ending.LOST) {
      ending = reason;
    }
    isKilled = true;
    tell("kill");
  }

  /// A process that started too late to hear the last word is told it at once.
  synchronized void attach(OutputStream input) {
    processes.add(input);
    if (isEnding()) {
      write(input, isKilled ? "kill" : "interrupt");
    }
  }

  synchronized void detach(OutputStream input) {
    processes.remove(input);
  }

  /// What the build has used until now. Whoever looks keeps nobody from ending it.
  public ProcessTrees trees() {
    return trees;
  }

  private void tell(String word) {
    processes.forEach(input -> write(input, word));
  }

  private static void write(OutputStream input, String word) {
    try {
      input.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException e) {
      // The process has ended by itself, which its own thread sees.
      return;
    }
  }
}
