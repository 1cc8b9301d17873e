package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of connections to Git hosts.
final class OauthClientStore {
  private static final String SELECT =
      """
      SELECT c.*, o.name AS organization_name,
             array(SELECT t.external_id FROM oauth_tokens t
                    WHERE t.oauth_client_id = c.id ORDER BY t.id) AS tokens,
             array(SELECT p.external_id FROM oauth_client_projects l JOIN projects p ON p.id = l.project_id
                    WHERE l.oauth_client_id = c.id ORDER BY p.id) AS projects
        FROM oauth_clients c JOIN organizations o ON o.id = c.organization_id
      """;

  private static final String INSERT =
      """
      INSERT INTO oauth_clients (external_id, organization_id, name, service_provider, http_url,
        api_url, key, secret_ciphertext, callback_uuid, is_organization_scoped, created_at, updated_at)
      VALUES (:id, :organization, :name, :provider, :httpUrl, :apiUrl, :key, :secret, :uuid, :scoped,
        :now, :now)
      RETURNING id
      """;

  private static final String UPDATE =
      """
      UPDATE oauth_clients
         SET name = :name, key = :key, is_organization_scoped = :scoped,
             secret_ciphertext = coalesce(:secret, secret_ciphertext), updated_at = :now
       WHERE id = :client
      """;

  private static final String ATTACH =
      """
      INSERT INTO oauth_client_projects (oauth_client_id, project_id)
      SELECT :client, p.id FROM projects p WHERE p.id = ANY (:projects)
      ON CONFLICT DO NOTHING
      """;

  /// What is inserted.
  ///
  /// @param secret ciphertext
  record New(
      OauthClientId id,
      long organizationKey,
      @Nullable String name,
      ServiceProvider provider,
      String httpUrl,
      @Nullable String apiUrl,
      @Nullable String oauthKey,
      @Nullable String secret,
      String callbackUuid,
      boolean isOrganizationScoped,
      Instant now) {}

  Paged<OauthClient> list(Handle db, long organizationKey, Page page) {
    return new PagedQuery(
            SELECT, "FROM oauth_clients c", "WHERE c.organization_id = :organization", "c.id")
        .page(
            db, page, query -> query.bind("organization", organizationKey), (row, _) -> read(row));
  }

  Optional<OauthClient> find(Handle db, OauthClientId id) {
    return db.createQuery(SELECT + " WHERE c.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Those that are there.
  List<OauthClient> findAll(Handle db, Collection<OauthClientId> ids) {
    return db.createQuery(SELECT + " WHERE c.external_id = ANY (:ids) ORDER BY c.id")
        .bindArray("ids", String.class, ids.stream().map(OauthClientId::value).toList())
        .map((row, _) -> read(row))
        .list();
  }

  long insert(Handle db, New client) {
    return db.createQuery(INSERT)
        .bind("id", client.id().value())
        .bind("organization", client.organizationKey())
        .bind("name", client.name())
        .bind("provider", client.provider().wire())
        .bind("httpUrl", client.httpUrl())
        .bind("apiUrl", client.apiUrl())
        .bind("key", client.oauthKey())
        .bind("secret", client.secret())
        .bind("uuid", client.callbackUuid())
        .bind("scoped", client.isOrganizationScoped())
        .bind("now", client.now())
        .mapTo(Long.class)
        .one();
  }

  /// @param secret ciphertext, null where it stays
  void update(
      Handle db,
      long key,
      @Nullable String name,
      @Nullable String oauthKey,
      @Nullable String secret,
      boolean isOrganizationScoped,
      Instant now) {
    db.createUpdate(UPDATE)
        .bind("client", key)
        .bind("name", name)
        .bind("key", oauthKey)
        .bind("secret", secret)
        .bind("scoped", isOrganizationScoped)
        .bind("now", now)
        .execute();
  }

  void attach(Handle db, long key, Collection<Long> projectKeys) {
    db.createUpdate(ATTACH)
        .bind("client", key)
        .bindArray("projects", Long.class, projectKeys)
        .execute();
  }

  void detach(Handle db, long key, Collection<Long> projectKeys) {
    db.createUpdate(
            "DELETE FROM oauth_client_projects"
                + " WHERE oauth_client_id = :client AND project_id = ANY (:projects)")
        .bind("client", key)
        .bindArray("projects", Long.class, projectKeys)
        .execute();
  }

  void detachAll(Handle db, long key) {
    db.execute("DELETE FROM oauth_client_projects WHERE oauth_client_id = ?", key);
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM oauth_clients WHERE id = ?", key);
  }

  private static OauthClient read(ResultSet row) throws SQLException {
    ServiceProvider provider = ServiceProvider.of(row.getString("service_provider")).orElseThrow();
    return new OauthClient(
        row.getLong("id"),
        new OauthClientId(row.getString("external_id")),
        new OauthClient.Owner(row.getLong("organization_id"), row.getString("organization_name")),
        row.getString("name"),
        provider,
        row.getString("http_url"),
        row.getString("api_url"),
        row.getString("key"),
        row.getString("key") != null
            && row.getString("secret_ciphertext") != null
            && provider.host().webLogin().isPresent(),
        row.getString("callback_uuid"),
        row.getBoolean("is_organization_scoped"),
        texts(row, "tokens").stream().map(OauthTokenId::new).toList(),
        texts(row, "projects").stream().map(ProjectId::new).toList(),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
