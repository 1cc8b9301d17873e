package io.terrarium.core.vcs;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.core.vcshost.ServiceProvider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// SQL of repositories that somebody follows.
final class RepositoryStore {
  private static final String SELECT =
      """
      SELECT r.*, c.organization_id, c.id AS client_id, c.external_id AS client_external_id,
             c.service_provider, c.http_url, c.api_url, t.user_name, t.value_ciphertext,
             t.expires_at AS token_ends_at, t.ssh_key_ciphertext,
             coalesce(r.secret_ciphertext, c.secret_ciphertext) AS signing_secret_ciphertext
        FROM vcs_repositories r JOIN oauth_tokens t ON t.id = r.oauth_token_id
             JOIN oauth_clients c ON c.id = t.oauth_client_id
      """;

  private static final String USABLE =
      """
      SELECT t.id, c.service_provider
        FROM workspaces w JOIN oauth_clients c ON c.organization_id = w.organization_id
             JOIN oauth_tokens t ON t.oauth_client_id = c.id
       WHERE w.id = :workspace AND t.external_id = :token
         AND (c.is_organization_scoped
              OR EXISTS (SELECT FROM oauth_client_projects p
                          WHERE p.oauth_client_id = c.id AND p.project_id = w.project_id))
      """;

  private static final String USABLE_IN_ORGANIZATION =
      """
      SELECT t.id, c.service_provider
        FROM oauth_clients c JOIN oauth_tokens t ON t.oauth_client_id = c.id
       WHERE c.organization_id = :organization AND t.external_id = :token
      """;

  private static final String INSERT =
      """
      INSERT INTO vcs_repositories (external_id, oauth_token_id, identifier, webhook_token,
        secret_ciphertext, created_at)
      VALUES (:id, :token, :identifier, :webhookToken, :secret, :now)
      ON CONFLICT (oauth_token_id, identifier) DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT id, external_id,
             hook_id IS NOT NULL AND hook_leaves_at IS NULL AND refused_at IS NULL AS has_hook
        FROM vcs_repositories
       WHERE oauth_token_id = :token AND identifier = :identifier
         FOR NO KEY UPDATE
      """;

  private static final Duration REFUSED_EVERY = Duration.ofSeconds(5);

  private static final String UNFOLLOWED =
      """
      NOT EXISTS (SELECT FROM workspaces w WHERE w.vcs_repository_id = r.id)
      AND NOT EXISTS (SELECT FROM registry_modules m WHERE m.vcs_repository_id = r.id)
      """;

  private static final String LET_GO =
      "UPDATE vcs_repositories r SET hook_leaves_at = :now WHERE r.external_id = :id AND "
          + UNFOLLOWED;

  private static final String LEFT =
      "SELECT r.external_id FROM vcs_repositories r WHERE r.hook_id IS NOT NULL"
          + " AND (r.hook_leaves_at IS NULL OR r.hook_leaves_at < :stuck) AND "
          + UNFOLLOWED
          + " ORDER BY r.id LIMIT :most";

  /// A token that may be used.
  record Usable(long tokenKey, ServiceProvider provider) {}

  Optional<Usable> usable(Handle db, long workspaceKey, OauthTokenId token) {
    return usable(db.createQuery(USABLE).bind("workspace", workspaceKey), token);
  }

  Optional<Usable> usableInOrganization(Handle db, long organizationKey, OauthTokenId token) {
    return usable(
        db.createQuery(USABLE_IN_ORGANIZATION).bind("organization", organizationKey), token);
  }

  private static Optional<Usable> usable(Query query, OauthTokenId token) {
    return query
        .bind("token", token.value())
        .map((row, _) ->
            new Usable(
                row.getLong("id"),
                ServiceProvider.of(row.getString("service_provider")).orElseThrow()))
        .findOne();
  }

  Optional<Long> organizationOf(Handle db, OauthTokenId token) {
    return db.createQuery(
            "SELECT c.organization_id FROM oauth_clients c"
                + " JOIN oauth_tokens t ON t.oauth_client_id = c.id WHERE t.external_id = :token")
        .bind("token", token.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// A repository that is to be followed by one more.
  ///
  /// @param hasHook whether its host calls the webhook, signed as was agreed upon, as far as we
  ///   know, and will go on
  record Present(long key, VcsRepositoryId id, boolean hasHook) {}

  /// Nobody takes its webhook away until the transaction ends.
  Optional<Present> lock(Handle db, long tokenKey, String identifier) {
    return db.createQuery(LOCK)
        .bind("token", tokenKey)
        .bind("identifier", identifier)
        .map((row, _) ->
            new Present(
                row.getLong("id"),
                new VcsRepositoryId(row.getString("external_id")),
                row.getBoolean("has_hook")))
        .findOne();
  }

  /// Its webhook stays, whoever is about to take it away.
  void keepHook(Handle db, long key) {
    db.execute("UPDATE vcs_repositories SET hook_leaves_at = NULL WHERE id = ?", key);
  }

  /// From now on its webhook is taken away, unless somebody follows it, who keeps it.
  ///
  /// @return whether nobody does
  boolean letHookGo(Handle db, VcsRepositoryId id, Instant now) {
    // The lock in a statement of its own: the next one sees who has followed before it was had.
    db.createQuery("SELECT id FROM vcs_repositories WHERE external_id = :id FOR NO KEY UPDATE")
        .bind("id", id.value())
        .mapTo(Long.class)
        .findOne();
    return db.createUpdate(LET_GO).bind("id", id.value()).bind("now", now).execute() == 1;
  }

  /// Its webhook is gone.
  ///
  /// @return false where somebody has followed it meanwhile
  boolean hookGone(Handle db, long key) {
    return db.execute(
            "UPDATE vcs_repositories SET hook_id = NULL, hook_leaves_at = NULL"
                + " WHERE id = ? AND hook_leaves_at IS NOT NULL",
            key)
        == 1;
  }

  /// Those with a webhook that nobody follows.
  ///
  /// @param stuck who has been at it since then is at it no more
  List<VcsRepositoryId> left(Handle db, Instant stuck, int most) {
    return db.createQuery(LEFT)
        .bind("stuck", stuck)
        .bind("most", most)
        .mapTo(String.class)
        .map(VcsRepositoryId::new)
        .list();
  }

  /// What workspace or module follows; empty where that is nothing.
  Optional<VcsRepositoryId> id(Handle db, long key) {
    return db.createQuery("SELECT external_id FROM vcs_repositories WHERE id = :key")
        .bind("key", key)
        .mapTo(String.class)
        .map(VcsRepositoryId::new)
        .findOne();
  }

  Optional<VcsRepositoryId> ofWorkspace(Handle db, long workspaceKey) {
    return db.createQuery(
            "SELECT r.external_id FROM vcs_repositories r"
                + " JOIN workspaces w ON w.vcs_repository_id = r.id WHERE w.id = :key")
        .bind("key", workspaceKey)
        .mapTo(String.class)
        .map(VcsRepositoryId::new)
        .findOne();
  }

  /// Nothing where somebody else has just done so.
  ///
  /// @param secret ciphertext, null where the connection's own secret signs
  void insert(
      Handle db,
      VcsRepositoryId id,
      long tokenKey,
      String identifier,
      String webhookToken,
      @Nullable String secret,
      Instant now) {
    db.createUpdate(INSERT)
        .bind("id", id.value())
        .bind("token", tokenKey)
        .bind("identifier", identifier)
        .bind("webhookToken", webhookToken)
        .bind("secret", secret)
        .bind("now", now)
        .execute();
  }

  Optional<FollowedRepository> find(Handle db, long key) {
    return db.createQuery(SELECT + " WHERE r.id = :key")
        .bind("key", key)
        .map((row, _) -> read(row))
        .findOne();
  }

  Optional<FollowedRepository> find(Handle db, VcsRepositoryId id) {
    return db.createQuery(SELECT + " WHERE r.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Nobody else has what was told of it until the transaction ends.
  void lock(Handle db, long key) {
    db.createQuery("SELECT id FROM vcs_repositories WHERE id = :key FOR NO KEY UPDATE")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne();
  }

  /// False where it is gone.
  boolean setHook(Handle db, long key, String hookId) {
    return db.execute(
            "UPDATE vcs_repositories SET hook_id = ?, refused_at = NULL WHERE id = ?", hookId, key)
        == 1;
  }

  /// Whoever knows the address can call it as often as they like, so not every time is written.
  void setRefused(Handle db, long key, Instant now) {
    db.execute(
        "UPDATE vcs_repositories SET refused_at = ? WHERE id = ?"
            + " AND (refused_at IS NULL OR refused_at < ?)",
        now,
        key,
        now.minus(REFUSED_EVERY));
  }

  /// Its host signs as was agreed upon.
  void setTrusted(Handle db, long key) {
    db.execute("UPDATE vcs_repositories SET refused_at = NULL WHERE id = ?", key);
  }

  /// The one whose webhook's address ends in `token`.
  Optional<FollowedRepository> ofWebhook(Handle db, String token) {
    return db.createQuery(SELECT + " WHERE r.webhook_token = :token")
        .bind("token", token)
        .map((row, _) -> read(row))
        .findOne();
  }

  private static FollowedRepository read(ResultSet row) throws SQLException {
    Timestamp endsAt = row.getTimestamp("token_ends_at");
    return new FollowedRepository(
        row.getLong("id"),
        new VcsRepositoryId(row.getString("external_id")),
        new FollowedRepository.Connection(
            row.getLong("organization_id"),
            row.getLong("client_id"),
            new OauthClientId(row.getString("client_external_id")),
            row.getLong("oauth_token_id"),
            row.getString("user_name"),
            ServiceProvider.of(row.getString("service_provider")).orElseThrow(),
            row.getString("http_url"),
            row.getString("api_url")),
        row.getString("identifier"),
        row.getString("webhook_token"),
        row.getString("hook_id"),
        row.getTimestamp("refused_at") != null,
        new FollowedRepository.Sealed(
            row.getString("value_ciphertext"),
            endsAt == null ? null : endsAt.toInstant(),
            row.getString("ssh_key_ciphertext"),
            row.getString("signing_secret_ciphertext")));
  }
}
