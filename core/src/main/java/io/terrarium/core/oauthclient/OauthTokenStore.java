package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of the tokens of connections.
final class OauthTokenStore {
  private static final String TABLES =
      " FROM oauth_tokens t JOIN oauth_clients c ON c.id = t.oauth_client_id ";
  private static final String SELECT =
      "SELECT t.*, c.external_id AS client_external_id, c.organization_id" + TABLES;

  private static final String INSERT =
      """
      INSERT INTO oauth_tokens (external_id, oauth_client_id, user_name, value_ciphertext,
        ssh_key_ciphertext, created_at)
      VALUES (:id, :client, :user, :value, :sshKey, :now)
      """;

  Paged<OauthToken> ofOrganization(Handle db, long organizationKey, Page page) {
    return list(db, "WHERE c.organization_id = :key", organizationKey, page);
  }

  Paged<OauthToken> ofClient(Handle db, long clientKey, Page page) {
    return list(db, "WHERE t.oauth_client_id = :key", clientKey, page);
  }

  private static Paged<OauthToken> list(Handle db, String condition, long key, Page page) {
    return new PagedQuery(SELECT, TABLES, condition, "t.id")
        .page(db, page, query -> query.bind("key", key), (row, _) -> read(row));
  }

  Optional<OauthToken> find(Handle db, OauthTokenId id) {
    return db.createQuery(SELECT + "WHERE t.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// @param value ciphertext, null where anybody may read
  /// @param sshKey ciphertext
  void insert(
      Handle db,
      OauthTokenId id,
      long clientKey,
      @Nullable String user,
      @Nullable String value,
      @Nullable String sshKey,
      Instant now) {
    db.createUpdate(INSERT)
        .bind("id", id.value())
        .bind("client", clientKey)
        .bind("user", user)
        .bind("value", value)
        .bind("sshKey", sshKey)
        .bind("now", now)
        .execute();
  }

  /// @param sshKey ciphertext, null for none
  void setSshKey(Handle db, long key, @Nullable String sshKey) {
    db.createUpdate("UPDATE oauth_tokens SET ssh_key_ciphertext = :sshKey WHERE id = :key")
        .bind("key", key)
        .bind("sshKey", sshKey)
        .execute();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM oauth_tokens WHERE id = ?", key);
  }

  private static OauthToken read(ResultSet row) throws SQLException {
    return new OauthToken(
        row.getLong("id"),
        new OauthTokenId(row.getString("external_id")),
        row.getLong("oauth_client_id"),
        new OauthClientId(row.getString("client_external_id")),
        row.getLong("organization_id"),
        row.getString("user_name"),
        row.getString("ssh_key_ciphertext") != null,
        row.getTimestamp("created_at").toInstant());
  }
}
