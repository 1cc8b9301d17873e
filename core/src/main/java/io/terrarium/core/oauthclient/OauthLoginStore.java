package io.terrarium.core.oauthclient;

import io.terrarium.core.vcshost.ServiceProvider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of people on their way to a host and back.
final class OauthLoginStore {
  private static final String APPLICATION =
      """
      SELECT c.*, o.name AS organization_name
        FROM oauth_clients c JOIN organizations o ON o.id = c.organization_id
       WHERE c.callback_uuid = :uuid AND c.key IS NOT NULL AND c.secret_ciphertext IS NOT NULL
         AND c.api_url IS NOT NULL
      """;

  private static final String INSERT =
      """
      INSERT INTO oauth_logins (oauth_client_id, state_digest, browser_digest, expires_at)
      VALUES (:client, :state, :browser, :expires)
      """;

  private static final String TAKE =
      """
      DELETE FROM oauth_logins
       WHERE oauth_client_id = :client AND state_digest = :state
      RETURNING browser_digest, expires_at
      """;

  /// Our application at a host.
  ///
  /// @param secret ciphertext
  record Application(
      long clientKey,
      long organizationKey,
      String organization,
      ServiceProvider provider,
      String httpUrl,
      String apiUrl,
      String oauthKey,
      String secret) {
    @Override
    public String toString() {
      return "Application[" + clientKey + "]";
    }
  }

  /// Somebody on the way.
  record Login(String browserDigest, Instant expiresAt) {}

  Optional<Application> application(Handle db, String uuid) {
    return db.createQuery(APPLICATION)
        .bind("uuid", uuid)
        .map((row, _) -> application(row))
        .findOne();
  }

  /// One more; those that have expired go.
  void begin(
      Handle db,
      long clientKey,
      String stateDigest,
      String browserDigest,
      Instant now,
      Instant expires) {
    db.execute("DELETE FROM oauth_logins WHERE expires_at < ?", now);
    db.createUpdate(INSERT)
        .bind("client", clientKey)
        .bind("state", stateDigest)
        .bind("browser", browserDigest)
        .bind("expires", expires)
        .execute();
  }

  /// Whoever takes it is the only one who does.
  Optional<Login> take(Handle db, long clientKey, String stateDigest) {
    return db.createQuery(TAKE)
        .bind("client", clientKey)
        .bind("state", stateDigest)
        .map((row, _) ->
            new Login(row.getString("browser_digest"), row.getTimestamp("expires_at").toInstant()))
        .findOne();
  }

  /// Nobody else changes the connection until the transaction ends; false where it is gone.
  boolean lock(Handle db, long clientKey) {
    return db.createQuery("SELECT id FROM oauth_clients WHERE id = :client FOR UPDATE")
        .bind("client", clientKey)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  private static Application application(ResultSet row) throws SQLException {
    return new Application(
        row.getLong("id"),
        row.getLong("organization_id"),
        row.getString("organization_name"),
        ServiceProvider.of(row.getString("service_provider")).orElseThrow(),
        row.getString("http_url"),
        row.getString("api_url"),
        row.getString("key"),
        row.getString("secret_ciphertext"));
  }
}
