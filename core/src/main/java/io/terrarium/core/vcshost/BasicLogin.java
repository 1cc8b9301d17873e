package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.kernel.Secret;
import java.util.Optional;

/// A token that is a user's name and password, with a colon between.
record BasicLogin(String user, Secret password) {
  /// Empty where the token is a token alone.
  static Optional<BasicLogin> of(Secret token) {
    int colon = token.value().indexOf(':');
    return colon <= 0
        ? Optional.empty()
        : Optional.of(
            new BasicLogin(
                token.value().substring(0, colon), new Secret(token.value().substring(colon + 1))));
  }

  GitLogin git() {
    return new GitLogin(user, password.value(), null);
  }

  String header() {
    return CodeFlow.basic(user, password.value());
  }
}
