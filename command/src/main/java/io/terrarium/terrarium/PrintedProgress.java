package io.terrarium.terrarium;

import java.io.PrintWriter;

/// Prints a line for each part that has come up.
final class PrintedProgress implements BootProgress {
  private final PrintWriter out;

  PrintedProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void on(String part, String state, long millis) {
    switch (state) {
      case "READY" -> out.printf("  %-18s %6d ms%n", part, millis);
      case "FAILED" -> out.printf("  %-18s failed after %d ms%n", part, millis);
      case "RESTARTED" -> out.printf("  %-18s died and is started again%n", part);
      default -> {
        return;
      }
    }
    out.flush();
  }
}
