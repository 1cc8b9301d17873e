package io.terrarium.core.token;

import io.terrarium.contracts.id.TokenId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of tokens.
final class TokenStore {
  private static final String COLUMNS =
      """
      SELECT t.id, t.external_id, t.kind, t.description, c.external_id AS created_by,
             t.created_at, t.last_used_at, t.expired_at
        FROM tokens t LEFT JOIN users c ON c.id = t.created_by_user_id
      """;

  private static final String INSERT =
      """
      INSERT INTO tokens (external_id, lookup, secret_digest, kind, user_id, organization_id,
                          run_id, description, created_by_user_id, created_at, expired_at)
      VALUES (:id, :lookup, :digest, :kind, :user, :organization, :run, :description, :createdBy,
              :now, :expiredAt)
      """;

  /// A row to be written; exactly one of the owners is there.
  record Insert(
      TokenId id,
      ClearToken clear,
      String digest,
      TokenKind kind,
      long ownerKey,
      @Nullable Long createdByKey,
      NewToken token,
      Instant now) {
    @Nullable Long owner(TokenKind of) {
      return kind == of ? ownerKey : null;
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
        .bind("run", row.owner(TokenKind.RUN))
        .bind("description", row.token().description())
        .bind("createdBy", row.createdByKey())
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
    long count =
        db.createQuery("SELECT count(*) FROM tokens WHERE user_id = :user")
            .bind("user", userKey)
            .mapTo(Long.class)
            .one();
    List<Token> tokens =
        db.createQuery(COLUMNS + "WHERE t.user_id = :user ORDER BY t.id LIMIT :size OFFSET :offset")
            .bind("user", userKey)
            .bind("size", page.size())
            .bind("offset", page.offset())
            .map((row, _) -> token(row))
            .list();
    return new Paged<>(tokens, page, count);
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

  private static Token token(ResultSet row) throws SQLException {
    String createdBy = row.getString("created_by");
    return new Token(
        row.getLong("id"),
        new TokenId(row.getString("external_id")),
        TokenKind.ofColumn(row.getString("kind")),
        row.getString("description"),
        createdBy == null ? null : new UserId(createdBy),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_used_at"),
        instant(row, "expired_at"));
  }
}
