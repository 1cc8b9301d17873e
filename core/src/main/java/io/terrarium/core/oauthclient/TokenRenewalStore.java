package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.vcshost.ServiceProvider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of tokens that are made new.
final class TokenRenewalStore {
  /// No longer than the host may take with its answer.
  private static final String WAIT_MAX = "SET LOCAL lock_timeout = '25s'";

  /// Who only refers to the row, as a new repository does, need not wait.
  private static final String LOCK =
      """
      SELECT t.*, c.service_provider, c.http_url, c.api_url, c.key, c.secret_ciphertext,
             c.callback_uuid
        FROM oauth_tokens t JOIN oauth_clients c ON c.id = t.oauth_client_id
       WHERE t.id = :key AND t.value_ciphertext IS NOT NULL AND c.api_url IS NOT NULL
         FOR NO KEY UPDATE OF t
      """;

  /// What a new token is made by.
  ///
  /// @param value ciphertext, as are `refreshToken` and `secret`
  record Locked(
      long key,
      OauthTokenId id,
      @Nullable String user,
      String value,
      @Nullable String refreshToken,
      @Nullable Instant endsAt,
      @Nullable Instant refusedAt,
      @Nullable Instant pausesUntil,
      ServiceProvider provider,
      String httpUrl,
      String apiUrl,
      @Nullable String oauthKey,
      @Nullable String secret,
      String callbackUuid) {
    @Override
    public String toString() {
      return "Locked[" + id + "]";
    }
  }

  /// Nobody else makes it new until the transaction ends; empty where it is gone.
  Optional<Locked> lock(Handle db, long key) {
    db.execute(WAIT_MAX);
    return db.createQuery(LOCK).bind("key", key).map((row, _) -> read(row)).findOne();
  }

  void refused(Handle db, long key, Instant now) {
    db.execute("UPDATE oauth_tokens SET renewal_refused_at = ? WHERE id = ?", now, key);
  }

  void pause(Handle db, long key, Instant until) {
    db.execute("UPDATE oauth_tokens SET renewal_pauses_until = ? WHERE id = ?", until, key);
  }

  private static Locked read(ResultSet row) throws SQLException {
    return new Locked(
        row.getLong("id"),
        new OauthTokenId(row.getString("external_id")),
        row.getString("user_name"),
        row.getString("value_ciphertext"),
        row.getString("refresh_ciphertext"),
        instant(row, "expires_at"),
        instant(row, "renewal_refused_at"),
        instant(row, "renewal_pauses_until"),
        ServiceProvider.of(row.getString("service_provider")).orElseThrow(),
        row.getString("http_url"),
        row.getString("api_url"),
        row.getString("key"),
        row.getString("secret_ciphertext"),
        row.getString("callback_uuid"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
