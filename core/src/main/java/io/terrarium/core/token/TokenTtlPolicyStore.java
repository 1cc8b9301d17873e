package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenTtlPolicyId;
import io.terrarium.core.token.TokenTtlPolicy.TokenType;
import io.terrarium.core.token.TokenTtlPolicy.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of how long tokens may live.
final class TokenTtlPolicyStore {
  private static final String LIST =
      "SELECT * FROM token_ttl_policies WHERE organization_id = :organization ORDER BY id";

  private static final String PUT =
      """
      INSERT INTO token_ttl_policies
             (external_id, organization_id, token_type, max_ttl_ms, created_at, updated_at)
      VALUES (:id, :organization, :type, :longest, :now, :now)
      ON CONFLICT (organization_id, token_type)
      DO UPDATE SET max_ttl_ms = :longest, updated_at = :now
      """;

  private static final String LONGEST =
      """
      SELECT CAST(1000 * extract(epoch FROM longest) AS bigint) FROM longest_token_lives
       WHERE token_type = :type
         AND organization_id = CASE :type
               WHEN 'team' THEN (SELECT organization_id FROM teams WHERE id = :owner)
               WHEN 'organization' THEN :owner END
      """;

  List<TokenTtlPolicy> list(Handle db, long organizationKey) {
    return db.createQuery(LIST)
        .bind("organization", organizationKey)
        .map((row, _) ->
            new TokenTtlPolicy(
                new TokenTtlPolicyId(row.getString("external_id")),
                TokenType.valueOf(row.getString("token_type").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(row.getLong("max_ttl_ms")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /// @param id of the policy, unless there is one of the type
  void put(Handle db, TokenTtlPolicyId id, long organizationKey, Wanted wanted, Instant now) {
    db.createUpdate(PUT)
        .bind("id", id.value())
        .bind("organization", organizationKey)
        .bind("type", wanted.type().wire())
        .bind("longest", wanted.longest().toMillis())
        .bind("now", now)
        .execute();
  }

  /// How long a token of an organization or of a team may live, if that is limited.
  Optional<Duration> longest(Handle db, TokenKind kind, long ownerKey) {
    return db.createQuery(LONGEST)
        .bind("type", kind.column())
        .bind("owner", ownerKey)
        .mapTo(Long.class)
        .findOne()
        .map(Duration::ofMillis);
  }
}
