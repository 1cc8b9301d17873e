package io.terrarium.core.token;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of tokens.
final class TokenStore {
  // A token ends at the age that its type may reach, as Authentication has it.
  static final String COLUMNS =
      """
      SELECT t.id, t.external_id, t.kind, t.description, g.external_id AS team,
             c.external_id AS by_user, o.name AS by_organization, m.external_id AS by_team,
             t.created_at, t.last_used_at,
             least(t.expired_at, t.created_at + l.longest) AS expired_at
        FROM tokens t
        LEFT JOIN teams g ON g.id = t.team_id
        LEFT JOIN users c ON c.id = t.created_by_user_id
        LEFT JOIN organizations o ON o.id = t.created_by_organization_id
        LEFT JOIN teams m ON m.id = t.created_by_team_id
        LEFT JOIN longest_token_lives l
               ON l.token_type = t.kind
              AND l.organization_id = coalesce(t.organization_id, g.organization_id)
      """;

  private static final String INSERT =
      """
      INSERT INTO tokens (external_id, lookup, secret_digest, kind, user_id, organization_id,
                          team_id, run_id, description, created_by_user_id,
                          created_by_organization_id, created_by_team_id, created_at, expired_at)
      VALUES (:id, :lookup, :digest, :kind, :user, :organization, :team, :run, :description,
              :byUser, :byOrganization, :byTeam, :now, :expiredAt)
      """;

  /// A row to be written; exactly one of the owners is there.
  record Insert(
      TokenId id,
      ClearToken clear,
      String digest,
      TokenKind kind,
      long ownerKey,
      Maker maker,
      NewToken token,
      Instant now) {
    @Nullable Long owner(TokenKind of) {
      return kind == of ? ownerKey : null;
    }
  }

  /// Key of who makes a token; none where the site makes it itself.
  record Maker(@Nullable Long user, @Nullable Long organization, @Nullable Long team) {
    static final Maker SITE = new Maker(null, null, null);

    static Maker of(Principal principal) {
      return switch (principal) {
        case UserPrincipal person -> new Maker(person.userKey(), null, null);
        case OrganizationPrincipal owner -> new Maker(null, owner.organizationKey(), null);
        case TeamPrincipal team -> new Maker(null, null, team.teamKey());
        case RunPrincipal _ -> SITE;
      };
    }
  }

  void insert(Handle db, Insert row) {
    db.createUpdate(INSERT)
        .bind("id", row.id().value())
        .bind("lookup", row.clear().lookup())
        .bind("digest", row.digest())
        .bind("kind", row.kind().column())
        .bind("user", row.owner(TokenKind.USER))
        .bind("organization", row.owner(TokenKind.ORGANIZATION))
        .bind("team", row.owner(TokenKind.TEAM))
        .bind("run", row.owner(TokenKind.RUN))
        .bind("description", row.token().description())
        .bind("byUser", row.maker().user())
        .bind("byOrganization", row.maker().organization())
        .bind("byTeam", row.maker().team())
        .bind("now", row.now())
        .bind("expiredAt", row.token().expiredAt())
        .execute();
  }

  Optional<Token> find(Handle db, TokenId id) {
    return db.createQuery(COLUMNS + "WHERE t.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> token(row))
        .findOne();
  }

  /// A person's own token.
  Optional<Token> findOfUser(Handle db, long userKey, TokenId id) {
    return db.createQuery(COLUMNS + "WHERE t.external_id = :id AND t.user_id = :user")
        .bind("id", id.value())
        .bind("user", userKey)
        .map((row, _) -> token(row))
        .findOne();
  }

  Paged<Token> listOfUser(Handle db, long userKey, Page page) {
    return new PagedQuery(COLUMNS, "FROM tokens t", "WHERE t.user_id = :user", "t.id")
        .page(db, page, query -> query.bind("user", userKey), (row, _) -> token(row));
  }

  Optional<Token> findOfOrganization(Handle db, long organizationKey) {
    return db.createQuery(
            COLUMNS + "WHERE t.organization_id = :organization AND t.kind = 'organization'")
        .bind("organization", organizationKey)
        .map((row, _) -> token(row))
        .findOne();
  }

  boolean deleteOfOrganization(Handle db, long organizationKey) {
    return db.createUpdate(
                "DELETE FROM tokens WHERE organization_id = :organization AND kind = 'organization'")
            .bind("organization", organizationKey)
            .execute()
        > 0;
  }

  void deleteOfRun(Handle db, long runKey) {
    db.createUpdate("DELETE FROM tokens WHERE run_id = :run").bind("run", runKey).execute();
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM tokens WHERE id = :key").bind("key", key).execute();
  }

  /// Two makers of an organization's token wait for each other here.
  void lockOrganization(Handle db, long organizationKey) {
    db.createQuery("SELECT id FROM organizations WHERE id = :key FOR UPDATE")
        .bind("key", organizationKey)
        .mapTo(Long.class)
        .findOne();
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Token.@Nullable Creator creator(ResultSet row) throws SQLException {
    for (String[] by :
        new String[][] {
          {"by_user", "users"}, {"by_organization", "organizations"}, {"by_team", "teams"}
        }) {
      String id = row.getString(by[0]);
      if (id != null) {
        return new Token.Creator(by[1], id);
      }
    }
    return null;
  }

  static Token token(ResultSet row) throws SQLException {
    String team = row.getString("team");
    return new Token(
        row.getLong("id"),
        new TokenId(row.getString("external_id")),
        TokenKind.ofColumn(row.getString("kind")),
        row.getString("description"),
        team == null ? null : new TeamId(team),
        creator(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_used_at"),
        instant(row, "expired_at"));
  }
}
