package io.terrarium.core.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Passwords as bcrypt keeps them.
final class Passwords {
  private static final int COST = 12;

  private static final int LENGTH_LEAST = 8;
  // bcrypt reads no further; a longer password would be cut without a word.
  private static final int BYTES_MAX = 72;

  private Passwords() {}

  /// What is wrong with a new password.
  static Optional<String> problem(Secret password) {
    if (password.value().length() < LENGTH_LEAST) {
      return Optional.of("is too short (the least is 8 characters)");
    }
    if (password.value().getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      return Optional.of("is too long (the most is 72 bytes)");
    }
    return Optional.empty();
  }

  static String digest(Secret password) {
    return BCrypt.withDefaults().hashToString(COST, password.value().toCharArray());
  }

  /// Made when it is first needed, since it takes as long as any.
  private static final class Nobody {
    private static final String DIGEST = digest(new Secret(Tokens.hex(LENGTH_LEAST)));
  }

  /// Of a password that nobody knows.
  static String nobodys() {
    return Nobody.DIGEST;
  }

  /// Takes the same time whatever the difference.
  static boolean proves(Secret password, String digest) {
    return password.value().getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX
        && BCrypt.verifyer().verify(password.value().toCharArray(), digest).verified;
  }
}
