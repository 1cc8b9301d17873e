package io.terrarium.contracts.lab;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What may be done to a part of the mesh.
public enum LabAction {
  /// In good order: it ends what it has in hand, as far as it has time.
  STOP,
  START,
  /// `SIGSTOP`: it is there and does nothing.
  PAUSE,
  /// `SIGCONT`.
  RESUME,
  /// `SIGKILL`: no time for anything; whoever watches it starts it again.
  KILL;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<LabAction> of(String wire) {
    return Stream.of(values()).filter(action -> action.wire().equals(wire)).findFirst();
  }
}
