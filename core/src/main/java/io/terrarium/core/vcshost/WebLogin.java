package io.terrarium.core.vcshost;

import io.terrarium.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How a person lets us in by the host's own page: OAuth's authorization code flow.
public interface WebLogin {
  /// An application as it was registered with the host.
  ///
  /// @param callback where the host sends the person back to
  record Application(String key, Secret secret, URI callback) {}

  /// @param refreshToken for a new grant, where this one ends
  /// @param lifetime from now; empty where the grant does not end by itself
  record Grant(Secret token, Optional<Secret> refreshToken, Optional<Duration> lifetime) {}

  /// Where the person is sent.
  ///
  /// @param state comes back with them
  URI authorizationUrl(HostAddress address, String key, URI callback, String state);

  /// Makes the code that came back with the person into a token.
  Outcome<Grant> exchange(HostLine line, Application application, String code);

  /// A new grant for one that has ended or soon will. The host may give a refresh token only once,
  /// so the new one must be kept before it is needed.
  Outcome<Grant> refresh(HostLine line, Application application, Secret refreshToken);
}
