package io.terrarium.kernel.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a label from having more values than a time series store can bear, where its values come
/// from outside: the first ones that come keep their names, all others share one.
public final class KnownNames {
  private static final String OTHER = "other";
  private static final int NAMES_MAX = 100;
  private static final int CHARACTERS_MAX = 100;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /// `name` itself, or what stands for those that are too many or too long.
  public String of(String name) {
    if (known.contains(name)) {
      return name;
    }
    // Callers at the same moment may pass by a few more than the limit, which does no harm.
    if (name.length() > CHARACTERS_MAX || known.size() >= NAMES_MAX) {
      return OTHER;
    }
    known.add(name);
    return name;
  }
}
