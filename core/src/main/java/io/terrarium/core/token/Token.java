package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenId;
import io.terrarium.contracts.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token without its secret.
///
/// @param createdBy the person who made it; null for tokens that the site makes itself
public record Token(
    long key,
    TokenId id,
    TokenKind kind,
    @Nullable String description,
    @Nullable UserId createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiredAt) {}
