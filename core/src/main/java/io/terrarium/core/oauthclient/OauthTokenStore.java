package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.core.vcshost.WebLogin;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// SQL of the tokens of connections.
final class OauthTokenStore {
  private static final String TABLES =
      " FROM oauth_tokens t JOIN oauth_clients c ON c.id = t.oauth_client_id ";
  private static final String SELECT =
      "SELECT t.*, c.external_id AS client_external_id, c.organization_id" + TABLES;

  private static final String REACH =
      "SELECT t.*, c.organization_id, c.service_provider, c.http_url, c.api_url"
          + TABLES
          + "WHERE t.external_id = :id";

  private static final String INSERT =
      """
      INSERT INTO oauth_tokens (external_id, oauth_client_id, user_name, value_ciphertext,
        refresh_ciphertext, expires_at, created_at)
      VALUES (:id, :client, :user, :value, :refresh, :endsAt, :now)
      """;

  private static final String SET_VALUE =
      """
      UPDATE oauth_tokens
         SET user_name = :user, value_ciphertext = :value, refresh_ciphertext = :refresh,
             expires_at = :endsAt, renewal_refused_at = NULL, renewal_pauses_until = NULL
       WHERE id = :key
      """;

  /// By what a connection gets in.
  ///
  /// @param user whose it is there, where the host has told
  /// @param token ciphertext, null where anybody may read
  /// @param refreshToken ciphertext, null where there is none
  /// @param endsAt null where it does not end by itself
  record Value(
      @Nullable String user,
      @Nullable String token,
      @Nullable String refreshToken,
      @Nullable Instant endsAt) {
    static Value given(@Nullable String user, @Nullable String token) {
      return new Value(user, token, null, null);
    }

    static Value of(WebLogin.Grant grant, ValueCipher cipher, @Nullable String user, Instant now) {
      Instant endsAt = grant.lifetime().map(now::plus).orElse(null);
      return new Value(
          user,
          cipher.encryptText(grant.token().value()),
          grant.refreshToken().map(one -> cipher.encryptText(one.value())).orElse(null),
          endsAt);
    }

    Value refreshedBy(@Nullable String ciphertext) {
      return new Value(user, token, ciphertext, endsAt);
    }

    @Override
    public String toString() {
      return "Value[]";
    }
  }

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

  /// The one that a connection has.
  Optional<OauthToken> ofClient(Handle db, long clientKey) {
    return db.createQuery(SELECT + "WHERE t.oauth_client_id = :key ORDER BY t.id LIMIT 1")
        .bind("key", clientKey)
        .map((row, _) -> read(row))
        .findOne();
  }

  Optional<OauthToken> find(Handle db, OauthTokenId id) {
    return db.createQuery(SELECT + "WHERE t.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  void insert(Handle db, OauthTokenId id, long clientKey, Value value, Instant now) {
    with(db.createUpdate(INSERT), value)
        .bind("id", id.value())
        .bind("client", clientKey)
        .bind("now", now)
        .execute();
  }

  void setValue(Handle db, long key, Value value) {
    with(db.createUpdate(SET_VALUE), value).bind("key", key).execute();
  }

  private static Update with(Update update, Value value) {
    return update
        .bind("user", value.user())
        .bind("value", value.token())
        .bind("refresh", value.refreshToken())
        .bind("endsAt", value.endsAt());
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

  Optional<HostReach> reach(Handle db, OauthTokenId id) {
    return db.createQuery(REACH).bind("id", id.value()).map((row, _) -> reach(row)).findOne();
  }

  private static HostReach reach(ResultSet row) throws SQLException {
    String value = row.getString("value_ciphertext");
    String api = row.getString("api_url");
    Timestamp endsAt = row.getTimestamp("expires_at");
    String httpUrl = row.getString("http_url");
    return new HostReach(
        row.getLong("organization_id"),
        ServiceProvider.of(row.getString("service_provider")).orElseThrow(),
        new HostAddress(URI.create(httpUrl), URI.create(api == null ? httpUrl : api)),
        value == null
            ? null
            : new TokenRenewals.Held(
                row.getLong("id"), value, endsAt == null ? null : endsAt.toInstant()));
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
