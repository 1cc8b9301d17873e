package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// SQL of the tokens of teams.
final class TeamTokenStore {
  private static final String LEGACY =
      " WHERE t.kind = 'team' AND t.team_id = :team AND t.description IS NULL";

  private static final String OF_TEAM = " WHERE t.kind = 'team' AND t.team_id = :team";

  private static final String COUNTED_OF_ORGANIZATION =
      """
      FROM tokens t
        JOIN teams g ON g.id = t.team_id
        LEFT JOIN longest_token_lives l
               ON l.token_type = t.kind AND l.organization_id = g.organization_id
      """;

  private static final String OF_ORGANIZATION =
      """
       WHERE t.kind = 'team' AND g.organization_id = :organization
         AND (:all OR (:others AND g.name <> 'owners') OR g.id = ANY (:teams))
         AND (:text::text IS NULL OR g.name ILIKE :text OR t.description ILIKE :text)
         AND (:expired::boolean IS NULL
              OR coalesce(least(t.expired_at, t.created_at + l.longest) <= :now, false) = :expired)
      """;

  /// Whose tokens a list is of.
  ///
  /// @param all whether the caller may see those of all teams
  /// @param others whether the caller may see those of all teams but the owners
  /// @param teams whose tokens they may see besides
  record Scope(long organizationKey, boolean all, boolean others, List<Long> teams) {}

  /// The one without a description.
  Optional<Token> legacy(Handle db, long teamKey) {
    return db.createQuery(TokenStore.COLUMNS + LEGACY)
        .bind("team", teamKey)
        .map((row, _) -> TokenStore.token(row))
        .findOne();
  }

  boolean isDescribed(Handle db, long teamKey, @Nullable String description) {
    return db.createQuery(
            "SELECT EXISTS (SELECT FROM tokens WHERE team_id = :team AND kind = 'team'"
                + " AND description = :description)")
        .bind("team", teamKey)
        .bind("description", description)
        .mapTo(Boolean.class)
        .one();
  }

  Paged<Token> ofTeam(Handle db, long teamKey, Page page) {
    return new PagedQuery(TokenStore.COLUMNS, "FROM tokens t", OF_TEAM, "t.id")
        .page(db, page, query -> query.bind("team", teamKey), (row, _) -> TokenStore.token(row));
  }

  Paged<Token> ofOrganization(
      Handle db, Scope scope, TeamTokenFilter filter, Instant now, Page page) {
    return new PagedQuery(TokenStore.COLUMNS, COUNTED_OF_ORGANIZATION, OF_ORGANIZATION, "t.id")
        .page(
            db,
            page,
            query -> filtered(query, scope, filter, now),
            (row, _) -> TokenStore.token(row));
  }

  private static Query filtered(Query query, Scope scope, TeamTokenFilter filter, Instant now) {
    return query
        .bind("organization", scope.organizationKey())
        .bind("all", scope.all())
        .bind("others", scope.others())
        .bindArray("teams", Long.class, scope.teams())
        .bind("text", filter.text().map(LikePattern::containing).orElse(null))
        .bind("expired", filter.expired().orElse(null))
        .bind("now", now);
  }

  /// Two makers of tokens of a team wait for each other here.
  void lock(Handle db, long teamKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('tokens_of_team_' || ?))", teamKey);
  }

  void delete(Handle db, List<TokenId> ids) {
    db.createUpdate("DELETE FROM tokens WHERE external_id = ANY (:ids)")
        .bindArray("ids", String.class, ids.stream().map(TokenId::value).toList())
        .execute();
  }
}
