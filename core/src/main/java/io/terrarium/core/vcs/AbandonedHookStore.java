package io.terrarium.core.vcs;

import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.core.oauthclient.Farewell;
import io.terrarium.core.oauthclient.TokenRenewals;
import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.ServiceProvider;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of webhooks at hosts whose connections are gone here.
final class AbandonedHookStore {
  private static final String TAKE =
      """
      INSERT INTO abandoned_webhooks (external_id, organization_id, service_provider, http_url,
        api_url, identifier, webhook_token, token_ciphertext, created_at)
      SELECT r.external_id, c.organization_id, c.service_provider, c.http_url, c.api_url,
             r.identifier, r.webhook_token, t.value_ciphertext, :now
        FROM vcs_repositories r JOIN oauth_tokens t ON t.id = r.oauth_token_id
             JOIN oauth_clients c ON c.id = t.oauth_client_id
       WHERE c.api_url IS NOT NULL AND t.value_ciphertext IS NOT NULL AND\s
      """;

  private static final String ENDING =
      """
      SELECT t.id, t.value_ciphertext, t.expires_at
        FROM oauth_tokens t JOIN oauth_clients c ON c.id = t.oauth_client_id
       WHERE t.value_ciphertext IS NOT NULL AND t.expires_at IS NOT NULL
         AND EXISTS (SELECT FROM vcs_repositories r WHERE r.oauth_token_id = t.id) AND\s
      """;

  /// A webhook without a connection.
  ///
  /// @param organizationKey absent where that is gone too
  /// @param token ciphertext
  record Abandoned(
      @Nullable Long organizationKey,
      ServiceProvider provider,
      HostAddress address,
      String identifier,
      String webhookToken,
      String token) {
    @Override
    public String toString() {
      return "Abandoned[" + identifier + "]";
    }
  }

  /// Tokens that end, by which webhooks were made.
  List<TokenRenewals.Held> ending(Handle db, Farewell.Of of) {
    return db.createQuery(ENDING + column(of) + " = :key ORDER BY t.id")
        .bind("key", of.key())
        .map((row, _) -> held(row))
        .list();
  }

  /// Keeps what is needed to take the webhooks away.
  List<VcsRepositoryId> take(Handle db, Farewell.Of of, Instant now) {
    return db.createQuery(TAKE + column(of) + " = :key RETURNING external_id")
        .bind("key", of.key())
        .bind("now", now)
        .mapTo(String.class)
        .map(VcsRepositoryId::new)
        .list();
  }

  Optional<Abandoned> find(Handle db, VcsRepositoryId id) {
    return db.createQuery("SELECT * FROM abandoned_webhooks WHERE external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  void delete(Handle db, VcsRepositoryId id) {
    db.execute("DELETE FROM abandoned_webhooks WHERE external_id = ?", id.value());
  }

  private static String column(Farewell.Of of) {
    return switch (of.kind()) {
      case TOKEN -> "t.id";
      case CLIENT -> "c.id";
      case ORGANIZATION -> "c.organization_id";
    };
  }

  private static TokenRenewals.Held held(ResultSet row) throws SQLException {
    Timestamp endsAt = row.getTimestamp("expires_at");
    return new TokenRenewals.Held(
        row.getLong("id"), row.getString("value_ciphertext"), endsAt.toInstant());
  }

  private static Abandoned read(ResultSet row) throws SQLException {
    return new Abandoned(
        row.getObject("organization_id", Long.class),
        ServiceProvider.of(row.getString("service_provider")).orElseThrow(),
        new HostAddress(
            URI.create(row.getString("http_url")), URI.create(row.getString("api_url"))),
        row.getString("identifier"),
        row.getString("webhook_token"),
        row.getString("token_ciphertext"));
  }
}
