package io.terrarium.core.token;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token without its secret.
///
/// @param team whose it is, for a team's token
/// @param createdBy who made it; null for tokens that the site makes itself
public record Token(
    long key,
    TokenId id,
    TokenKind kind,
    @Nullable String description,
    @Nullable TeamId team,
    @Nullable Creator createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiredAt) {
  /// A person, an organization or a team.
  ///
  /// @param type as in the API: `users`, `organizations` or `teams`
  /// @param id as in the API, which for an organization is its name
  public record Creator(String type, String id) {}
}
