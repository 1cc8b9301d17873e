package io.terrarium.core.stateversion;

import io.terrarium.core.stateversion.StateDifference.Change;
import io.terrarium.core.stateversion.StateDifference.Kind;
import io.terrarium.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares two states by reading each twice: first the addresses and a digest of each are held,
/// and then what has changed, as much of it as may be held.
final class StateComparison {
  static final int CHANGES_SHOWN_MAX = 500;

  private static final int ENTRIES_MAX = 200_000;
  private static final long ADDRESS_CHARACTERS_MAX = 16L << 20;
  private static final long HELD_BYTES_MAX = 16L << 20;

  private final Source before;
  private final Source after;

  /// A state file that can be read again.
  interface Source {
    InputStream open() throws IOException;
  }

  StateComparison(Source before, Source after) {
    this.before = before;
    this.after = after;
  }

  /// @throws Fault.Conflict when one is no state, or is too large
  StateDifference difference() throws IOException {
    Map<String, Long> old = digests(before);
    Map<String, Long> now = digests(after);
    List<Change> changes = new ArrayList<>();
    Set<String> others = new HashSet<>();
    int same = 0;
    for (Map.Entry<String, Long> entry : now.entrySet()) {
      Long digest = old.remove(entry.getKey());
      if (digest == null) {
        changes.add(new Change(Kind.ADDED, entry.getKey(), List.of(), false));
      } else if (digest.equals(entry.getValue())) {
        same++;
      } else {
        others.add(entry.getKey());
      }
    }
    old.keySet()
        .forEach(address -> changes.add(new Change(Kind.REMOVED, address, List.of(), false)));
    changes.sort(Comparator.comparing(Change::kind).thenComparing(Change::address));
    int addedAndRemoved = changes.size();
    List<Change> shown = new ArrayList<>(first(changes, CHANGES_SHOWN_MAX));
    shown.addAll(changed(others, CHANGES_SHOWN_MAX - shown.size()));
    return new StateDifference(shown, addedAndRemoved + others.size(), same);
  }

  private static Map<String, Long> digests(Source state) throws IOException {
    Map<String, Long> digests = new HashMap<>();
    long[] characters = {0};
    try (InputStream bytes = state.open()) {
      StateEntries.read(
          bytes,
          entry -> {
            characters[0] += entry.address().length();
            if (digests.size() >= ENTRIES_MAX || characters[0] > ADDRESS_CHARACTERS_MAX) {
              throw new Fault.Conflict(
                  "The state holds more resources than can be compared here. Download both, and"
                      + " compare the files.");
            }
            digests.put(entry.address(), entry.digest());
          });
    }
    return digests;
  }

  /// Of those that are other, the first ones by their addresses.
  private List<Change> changed(Set<String> others, int shownMax) throws IOException {
    if (others.isEmpty() || shownMax <= 0) {
      return List.of();
    }
    List<String> shown = first(others.stream().sorted().toList(), shownMax);
    Map<String, StateEntry> held = held(Set.copyOf(shown));
    Map<String, Change> changes = new HashMap<>();
    try (InputStream bytes = after.open()) {
      StateEntries.read(
          bytes,
          entry -> {
            StateEntry old = held.get(entry.address());
            if (old != null) {
              changes.put(entry.address(), AttributeChanges.between(old, entry));
            }
          });
    }
    return shown.stream()
        .map(address ->
            changes.getOrDefault(address, new Change(Kind.CHANGED, address, List.of(), true)))
        .toList();
  }

  /// As they were before; what would be too much is left out.
  private Map<String, StateEntry> held(Set<String> addresses) throws IOException {
    Map<String, StateEntry> held = new HashMap<>();
    long[] bytesHeld = {0};
    try (InputStream bytes = before.open()) {
      StateEntries.read(
          bytes,
          entry -> {
            if (addresses.contains(entry.address())
                && bytesHeld[0] + entry.bytes() <= HELD_BYTES_MAX) {
              bytesHeld[0] += entry.bytes();
              held.put(entry.address(), entry);
            }
          });
    }
    return held;
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(all.size(), most));
  }
}
