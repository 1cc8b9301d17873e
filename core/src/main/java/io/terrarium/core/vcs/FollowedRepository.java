package io.terrarium.core.vcs;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.core.vcshost.ServiceProvider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A repository as one connection reaches it.
///
/// @param isRefused whether the last call of its webhook was refused, for its signature
/// @param sealed what lets us in, as ciphertext
record FollowedRepository(
    long key,
    VcsRepositoryId id,
    Connection connection,
    String identifier,
    String webhookToken,
    @Nullable String hookId,
    boolean isRefused,
    Sealed sealed) {

  /// The connection, whose organization and host they are.
  ///
  /// @param user whose token it is, where the host has told
  /// @param apiUrl absent where the host has no API
  record Connection(
      long organizationKey,
      long clientKey,
      OauthClientId clientId,
      long tokenKey,
      @Nullable String user,
      ServiceProvider provider,
      String httpUrl,
      @Nullable String apiUrl) {}

  /// Ciphertext, each absent where there is none.
  ///
  /// @param token the connection's
  /// @param tokenEndsAt absent where it does not end by itself
  /// @param sshKey the connection's
  /// @param signingSecret by which the host signs what it sends to the webhook
  record Sealed(
      @Nullable String token,
      @Nullable Instant tokenEndsAt,
      @Nullable String sshKey,
      @Nullable String signingSecret) {
    @Override
    public String toString() {
      return "Sealed[]";
    }
  }
}
