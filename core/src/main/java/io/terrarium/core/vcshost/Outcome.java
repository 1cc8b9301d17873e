package io.terrarium.core.vcshost;

import java.util.function.Function;

/// What came of asking a Git host.
public sealed interface Outcome<T> {
  /// The host has done or told it.
  record Done<T>(T value) implements Outcome<T> {}

  /// It has not.
  record Failed<T>(Trouble trouble) implements Outcome<T> {}

  /// Goes on with the value, if there is one.
  default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Failed<T>(Trouble trouble) -> new Failed<>(trouble);
    };
  }

  default <U> Outcome<U> map(Function<T, U> change) {
    return then(value -> new Done<>(change.apply(value)));
  }
}
