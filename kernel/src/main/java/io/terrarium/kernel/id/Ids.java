package io.terrarium.kernel.id;

import io.terrarium.kernel.crypto.Tokens;

/// Where new ids come from; tests may give their own source, so that documents are stable.
@FunctionalInterface
public interface Ids {
  /// A new id with `prefix`, such as `run-`.
  String next(String prefix);

  /// The prefix and 16 random base58 characters.
  static Ids random() {
    return prefix -> prefix + Tokens.base58(16);
  }
}
