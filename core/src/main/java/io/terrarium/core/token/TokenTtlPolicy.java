package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenTtlPolicyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How long tokens of one type may be used in an organization, from when they were made.
public record TokenTtlPolicy(
    TokenTtlPolicyId id, TokenType type, Duration longest, Instant createdAt, Instant updatedAt) {

  /// What a policy is about. Of the last two there are no tokens here: what is said of them is kept
  /// and shown.
  public enum TokenType {
    ORGANIZATION,
    TEAM,
    USER,
    AUDIT_TRAILS,
    METRICS;

    /// As in the API and in the table.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a client wants of one type.
  public record Wanted(TokenType type, Duration longest) {}
}
