package io.terrarium.core.notification;

import io.terrarium.core.ValueCipher;
import io.terrarium.kernel.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that sign notifications, as they lie in the database and as they are used. Both ways
/// leave the process, so never within a transaction.
final class Tokens {
  private final ValueCipher cipher;

  Tokens(ValueCipher cipher) {
    this.cipher = cipher;
  }

  /// Null where there is nothing to keep.
  @Nullable String seal(String token) {
    return token.isEmpty() ? null : cipher.encryptText(token);
  }

  Optional<Secret> open(@Nullable String ciphertext) {
    return ciphertext == null
        ? Optional.empty()
        : Optional.of(new Secret(cipher.decryptTexts(List.of(ciphertext)).getFirst()));
  }
}
