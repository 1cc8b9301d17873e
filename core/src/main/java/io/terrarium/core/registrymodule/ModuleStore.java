package io.terrarium.core.registrymodule;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of modules.
final class ModuleStore {
  private static final String TABLES =
      """
        FROM registry_modules m JOIN organizations o ON o.id = m.organization_id
             LEFT JOIN vcs_repositories r ON r.id = m.vcs_repository_id
             LEFT JOIN oauth_tokens t ON t.id = r.oauth_token_id
             LEFT JOIN oauth_clients c ON c.id = t.oauth_client_id
      """;

  private static final String SELECT =
      """
      SELECT m.*, o.name AS organization_name, r.identifier, r.webhook_token,
             t.external_id AS oauth_token, c.service_provider, c.http_url,
             coalesce((SELECT jsonb_agg(jsonb_build_object('version', v.version, 'status', v.status,
                              'error', v.error) ORDER BY v.id DESC)
                         FROM registry_module_versions v WHERE v.registry_module_id = m.id), '[]')
               AS versions
      """
          + TABLES;

  private static final String MATCHES =
      """
      WHERE m.organization_id = :organization AND (:provider = '' OR m.provider = :provider)
        AND (:any = '' OR strpos(lower(m.name), lower(:any)) > 0
             OR strpos(m.provider, lower(:any)) > 0 OR strpos(lower(o.name), lower(:any)) > 0)
      """;

  private static final String INSERT =
      """
      INSERT INTO registry_modules (external_id, organization_id, name, provider, status,
        publishing_mechanism, vcs_repository_id, vcs_display_identifier, vcs_branch, vcs_tag_prefix,
        vcs_directory, created_at, updated_at)
      VALUES (:id, :organization, :name, :provider, :status, :publishing, :repository,
        :displayIdentifier, :branch, :tagPrefix, :directory, :now, :now)
      ON CONFLICT (organization_id, name, provider) DO NOTHING
      """;

  /// What is inserted.
  ///
  /// @param repositoryKey null where versions are uploaded
  record New(
      RegistryModuleId id,
      long organizationKey,
      ModuleNames.Names names,
      @Nullable Long repositoryKey,
      @Nullable String displayIdentifier,
      RegistryModule.@Nullable Origin origin,
      Instant now) {
    RegistryModule.Publishing publishing() {
      return origin == null ? RegistryModule.Publishing.NON_VCS : origin.publishing();
    }
  }

  Paged<RegistryModule> list(
      Handle db, long organizationKey, String any, String provider, Page page) {
    return new PagedQuery(
            SELECT,
            "FROM registry_modules m JOIN organizations o ON o.id = m.organization_id",
            MATCHES,
            "m.name, m.provider")
        .page(
            db,
            page,
            query ->
                query
                    .bind("organization", organizationKey)
                    .bind("any", any)
                    .bind("provider", provider),
            (row, _) -> read(row));
  }

  Optional<RegistryModule> find(Handle db, RegistryModuleId id) {
    return db.createQuery(SELECT + " WHERE m.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Optional<RegistryModule> find(Handle db, long organizationKey, String name, String provider) {
    return db.createQuery(
            SELECT
                + " WHERE m.organization_id = :organization AND m.name = :name"
                + " AND m.provider = :provider")
        .bind("organization", organizationKey)
        .bind("name", name)
        .bind("provider", provider)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// All of a name, whatever their providers.
  List<RegistryModule> named(Handle db, long organizationKey, String name) {
    return db.createQuery(
            SELECT + " WHERE m.organization_id = :organization AND m.name = :name ORDER BY m.id")
        .bind("organization", organizationKey)
        .bind("name", name)
        .map((row, _) -> read(row))
        .list();
  }

  /// Those whose versions are the tags of a repository.
  List<RegistryModule> ofTags(Handle db, long repositoryKey) {
    return db.createQuery(
            SELECT
                + " WHERE m.vcs_repository_id = :repository"
                + " AND m.publishing_mechanism = 'git_tag' ORDER BY m.id")
        .bind("repository", repositoryKey)
        .map((row, _) -> read(row))
        .list();
  }

  /// False when there is one of these names.
  boolean insert(Handle db, New module) {
    return db.createUpdate(INSERT)
            .bind("id", module.id().value())
            .bind("organization", module.organizationKey())
            .bind("name", module.names().name())
            .bind("provider", module.names().provider())
            .bind("status", RegistryModule.Status.PENDING.wire())
            .bind("publishing", module.publishing().wire())
            .bind("repository", module.repositoryKey())
            .bind("displayIdentifier", module.displayIdentifier())
            .bind("branch", module.origin() == null ? null : module.origin().branch())
            .bind("tagPrefix", module.origin() == null ? "" : module.origin().tagPrefix())
            .bind("directory", module.origin() == null ? "" : module.origin().directory())
            .bind("now", module.now())
            .execute()
        == 1;
  }

  void setOrigin(Handle db, long key, RegistryModule.Origin origin, Instant now) {
    db.execute(
        "UPDATE registry_modules SET publishing_mechanism = ?, vcs_branch = ?, vcs_tag_prefix = ?,"
            + " vcs_directory = ?, updated_at = ? WHERE id = ?",
        origin.publishing().wire(),
        origin.branch(),
        origin.tagPrefix(),
        origin.directory(),
        now,
        key);
  }

  /// Nobody else says how far it is until the transaction ends.
  void lock(Handle db, long key) {
    db.createQuery("SELECT id FROM registry_modules WHERE id = :key FOR NO KEY UPDATE")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne();
  }

  void setStatus(Handle db, long key, RegistryModule.Status status, Instant now) {
    db.execute(
        "UPDATE registry_modules SET status = ?, updated_at = ? WHERE id = ? AND status <> ?",
        status.wire(),
        now,
        key,
        status.wire());
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM registry_modules WHERE id = ?", key);
  }

  private static RegistryModule read(ResultSet row) throws SQLException {
    return new RegistryModule(
        row.getLong("id"),
        new RegistryModuleId(row.getString("external_id")),
        row.getLong("organization_id"),
        row.getString("organization_name"),
        row.getString("name"),
        row.getString("provider"),
        RegistryModule.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        RegistryModule.Publishing.valueOf(
            row.getString("publishing_mechanism").toUpperCase(Locale.ROOT)),
        repository(row),
        versions(row.getString("versions")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static RegistryModule.@Nullable Repository repository(ResultSet row) throws SQLException {
    Long key = row.getObject("vcs_repository_id", Long.class);
    if (key == null) {
      return null;
    }
    String identifier = row.getString("identifier");
    return new RegistryModule.Repository(
        key,
        new OauthTokenId(row.getString("oauth_token")),
        identifier,
        row.getString("vcs_display_identifier"),
        row.getString("service_provider"),
        row.getString("http_url") + "/" + identifier,
        row.getString("webhook_token"),
        new RegistryModule.Origin(
            row.getString("vcs_branch"),
            row.getString("vcs_tag_prefix"),
            row.getString("vcs_directory")));
  }

  private static List<RegistryModule.VersionStatus> versions(String json) {
    try {
      return List.of(Json.SNAKE.readValue(json, RegistryModule.VersionStatus[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the query makes a list of versions", e);
    }
  }
}
