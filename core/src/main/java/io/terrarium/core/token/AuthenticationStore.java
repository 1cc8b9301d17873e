package io.terrarium.core.token;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds a token with whom it speaks for, and notes its use.
final class AuthenticationStore {
  // A run's token ends with the run; the statuses are those of RunStatus.isFinal. A token of an
  // organization or a team ends, and a person's is shut out of an organization, at the age that its
  // type may reach there. Some organizations shut out all that are of persons.
  private static final String FIND =
      """
      SELECT t.id, t.external_id, t.secret_digest, t.kind, t.last_used_at,
             least(t.expired_at, t.created_at + l.longest) AS expired_at,
             closed.organizations AS closed_organizations,
             u.id AS user_key, u.external_id AS user_id, u.username, u.is_site_admin,
             o.id AS organization_key, o.external_id AS organization_id,
             o.name AS organization_name,
             m.id AS team_key, m.external_id AS team_id, m.name AS team_name,
             m.organization_id AS team_organization_key,
             r.id AS run_key, r.external_id AS run_id, r.organization_id AS run_organization_key,
             w.id AS workspace_key, w.external_id AS workspace_id
        FROM tokens t
             LEFT JOIN users u ON u.id = t.user_id
             LEFT JOIN organizations o ON o.id = t.organization_id
             LEFT JOIN teams m ON m.id = t.team_id
             LEFT JOIN longest_token_lives l
                    ON l.token_type = t.kind
                   AND l.organization_id = coalesce(t.organization_id, m.organization_id)
             LEFT JOIN LATERAL (
               SELECT array_agg(s.organization_id) AS organizations
                 FROM organization_memberships s
                 JOIN organizations p ON p.id = s.organization_id
                 LEFT JOIN longest_token_lives k
                   ON k.organization_id = s.organization_id AND k.token_type = 'user'
                WHERE s.user_id = t.user_id
                  AND (NOT p.user_tokens_enabled OR t.created_at + k.longest <= :now))
               closed ON true
             LEFT JOIN runs r ON r.id = t.run_id
             LEFT JOIN workspaces w ON w.id = r.workspace_id
       WHERE t.lookup = :lookup
         AND (u.id IS NULL OR NOT u.is_suspended)
         AND (r.id IS NULL OR r.status NOT IN ('applied', 'planned_and_finished',
              'policy_soft_failed', 'discarded', 'errored', 'canceled', 'force_canceled'))
      """;

  private static final String USED = "UPDATE tokens SET last_used_at = :now WHERE id = :key";

  /// What one look into the table says.
  record Known(
      long key,
      TokenId id,
      String digest,
      TokenKind kind,
      Principal principal,
      @Nullable Instant lastUsedAt,
      @Nullable Instant expiredAt) {}

  Optional<Known> find(Handle db, String lookup, Instant now) {
    return db.createQuery(FIND)
        .bind("lookup", lookup)
        .bind("now", now)
        .map((row, _) -> known(row))
        .findOne();
  }

  void used(Handle db, long key, Instant now) {
    db.createUpdate(USED).bind("key", key).bind("now", now).execute();
  }

  private static Known known(ResultSet row) throws SQLException {
    TokenKind kind = TokenKind.ofColumn(row.getString("kind"));
    return new Known(
        row.getLong("id"),
        new TokenId(row.getString("external_id")),
        row.getString("secret_digest"),
        kind,
        principal(kind, row),
        TokenStore.instant(row, "last_used_at"),
        TokenStore.instant(row, "expired_at"));
  }

  private static Principal principal(TokenKind kind, ResultSet row) throws SQLException {
    return switch (kind) {
      case USER ->
          new UserPrincipal(
              row.getLong("user_key"),
              new UserId(row.getString("user_id")),
              row.getString("username"),
              row.getBoolean("is_site_admin"),
              keys(row.getArray("closed_organizations")));
      case ORGANIZATION ->
          new OrganizationPrincipal(
              row.getLong("organization_key"),
              new OrganizationId(row.getString("organization_id")),
              row.getString("organization_name"));
      case TEAM ->
          new TeamPrincipal(
              row.getLong("team_key"),
              new TeamId(row.getString("team_id")),
              row.getString("team_name"),
              row.getLong("team_organization_key"));
      case RUN ->
          new RunPrincipal(
              row.getLong("run_key"),
              new RunId(row.getString("run_id")),
              row.getLong("workspace_key"),
              new WorkspaceId(row.getString("workspace_id")),
              row.getLong("run_organization_key"));
    };
  }

  private static Set<Long> keys(@Nullable Array array) throws SQLException {
    return array == null ? Set.of() : Set.of((Long[]) array.getArray());
  }
}
