package io.terrarium.kernel.state;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A state machine as data: which event leads from which state to which.
public final class Transitions<S extends Enum<S>, E extends Enum<E>> {
  /// One row of the table.
  public record Rule<S, E>(S from, E on, S to) {}

  private record Key<S, E>(S from, E on) {}

  private final Map<Key<S, E>, Rule<S, E>> rules = new LinkedHashMap<>();

  public Transitions(List<Rule<S, E>> table) {
    for (Rule<S, E> rule : table) {
      if (rules.put(new Key<>(rule.from(), rule.on()), rule) != null) {
        throw new IllegalArgumentException("two rules for " + rule.from() + " on " + rule.on());
      }
    }
  }

  public static <S, E> Rule<S, E> rule(S from, E on, S to) {
    return new Rule<>(from, on, to);
  }

  /// The state after `on`; empty when the table does not allow it.
  public Optional<S> next(S from, E on) {
    return Optional.ofNullable(rules.get(new Key<>(from, on))).map(Rule::to);
  }

  public boolean allows(S from, E on) {
    return rules.containsKey(new Key<>(from, on));
  }

  public Collection<Rule<S, E>> rules() {
    return List.copyOf(rules.values());
  }

  /// Every state that can be reached from `start`, itself included.
  public Set<S> reachable(S start) {
    Set<S> reached = EnumSet.of(start);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Rule<S, E> rule : rules.values()) {
        if (reached.contains(rule.from())) {
          grew |= reached.add(rule.to());
        }
      }
    }
    return reached;
  }

  /// The table as a Mermaid state diagram, for the documentation.
  public String mermaid() {
    return rules.values().stream()
        .map(rule ->
            "  "
                + name(rule.from())
                + " --> "
                + name(rule.to())
                + ": "
                + name(rule.on()).replace('_', ' '))
        .collect(Collectors.joining("\n", "stateDiagram-v2\n", "\n"));
  }

  private static String name(Object state) {
    return state.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
