package io.terrarium.kernel.settings;

import java.util.List;

/// Settings with which the process cannot start; names every problem at once.
public final class SettingsFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  public SettingsFault(List<String> problems) {
    super("settings: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// One line each: the key, what is wrong, how to mend it.
  public List<String> problems() {
    return problems;
  }
}
