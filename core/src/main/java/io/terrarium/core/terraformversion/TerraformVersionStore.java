package io.terrarium.core.terraformversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.contracts.id.TerraformVersionId;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.terraformversion.TerraformVersion.VersionOptions;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// The rows of versions of Terraform.
final class TerraformVersionStore {
  private static final TypeReference<List<TerraformOffer.Archive>> ARCHIVES =
      new TypeReference<>() {};

  private static final String COLUMNS =
      """
      SELECT v.*, (SELECT count(*) FROM workspaces w WHERE w.terraform_version = v.version) AS usage
        FROM terraform_versions v
      """;

  private static final String NARROWED =
      " WHERE (:exact::text IS NULL OR v.version = :exact)"
          + " AND (:part::text IS NULL OR v.version ILIKE :part)";

  // The newest first; a pre-release before its release.
  private static final String ORDER =
      "string_to_array(split_part(v.version, '-', 1), '.')::bigint[] DESC,"
          + " split_part(v.version, '-', 2) <> '', v.version DESC";

  private static final String INSERT =
      """
      INSERT INTO terraform_versions (external_id, version, url, sha, archs, is_official, is_enabled,
                                      is_beta, is_deprecated, deprecated_reason, created_at)
      VALUES (:id, :version, :url, :sha, :archs::jsonb, :official, :enabled, :beta, :deprecated,
              :deprecatedReason, :now)
      ON CONFLICT (version) DO NOTHING
      """;

  private static final String REPLACE =
      """
      UPDATE terraform_versions
         SET version = :version, url = :url, sha = :sha, archs = :archs::jsonb,
             is_official = :official, is_enabled = :enabled, is_beta = :beta,
             is_deprecated = :deprecated, deprecated_reason = :deprecatedReason
       WHERE id = :key
         AND NOT EXISTS (SELECT 1 FROM terraform_versions o
                          WHERE o.version = :version AND o.id <> :key)
      """;

  // The installed one while it is enabled, else the newest that is no trial.
  private static final String USUAL =
      """
      SELECT v.version FROM terraform_versions v
       WHERE v.is_enabled AND NOT v.is_beta
         AND (v.version = :installed OR v.version ~ '^\\d+\\.\\d+\\.\\d+$')
       ORDER BY v.version = :installed DESC,
             string_to_array(split_part(v.version, '-', 1), '.')::bigint[] DESC
       LIMIT 1
      """;

  Paged<TerraformVersion> list(
      Handle db, Optional<String> exact, Optional<String> part, Page page) {
    return new PagedQuery(COLUMNS, "FROM terraform_versions v", NARROWED, ORDER)
        .page(db, page, query -> narrowed(query, exact, part), (row, _) -> version(row));
  }

  private static Query narrowed(Query query, Optional<String> exact, Optional<String> part) {
    return query
        .bind("exact", exact.orElse(null))
        .bind("part", part.map(LikePattern::containing).orElse(null));
  }

  Optional<TerraformVersion> find(Handle db, TerraformVersionId id) {
    return db.createQuery(COLUMNS + " WHERE v.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> version(row))
        .findOne();
  }

  /// As [#find]; nobody else changes it until the end of the transaction.
  Optional<TerraformVersion> findForUpdate(Handle db, TerraformVersionId id) {
    return db.createQuery(COLUMNS + " WHERE v.external_id = :id FOR UPDATE OF v")
        .bind("id", id.value())
        .map((row, _) -> version(row))
        .findOne();
  }

  Optional<TerraformVersion> findNamed(Handle db, String version) {
    return db.createQuery(COLUMNS + " WHERE v.version = :version")
        .bind("version", version)
        .map((row, _) -> version(row))
        .findOne();
  }

  /// Those that are not to be used, by their names.
  List<String> disabled(Handle db) {
    return db.createQuery(
            "SELECT version FROM terraform_versions WHERE NOT is_enabled ORDER BY version")
        .mapTo(String.class)
        .list();
  }

  Optional<String> usual(Handle db, String installed) {
    return db.createQuery(USUAL).bind("installed", installed).mapTo(String.class).findOne();
  }

  boolean mayUseBetas(Handle db, long organizationKey) {
    return db.createQuery("SELECT access_beta_tools FROM organizations WHERE id = :key")
        .bind("key", organizationKey)
        .mapTo(Boolean.class)
        .one();
  }

  /// False when there is such a version already.
  boolean insert(Handle db, TerraformVersionId id, VersionOptions options, Instant now) {
    return options(db.createUpdate(INSERT), options)
            .bind("id", id.value())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when there is another of its name.
  boolean replace(Handle db, long key, VersionOptions options) {
    return options(db.createUpdate(REPLACE), options).bind("key", key).execute() == 1;
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM terraform_versions WHERE id = :key").bind("key", key).execute();
  }

  private static <S extends SqlStatement<S>> S options(S statement, VersionOptions options) {
    return statement
        .bind("version", options.version())
        .bind("url", options.url())
        .bind("sha", options.sha())
        .bind("archs", json(options.archs()))
        .bind("official", options.official())
        .bind("enabled", options.enabled())
        .bind("beta", options.beta())
        .bind("deprecated", options.deprecated())
        .bind("deprecatedReason", options.deprecatedReason());
  }

  private static TerraformVersion version(ResultSet row) throws SQLException {
    return new TerraformVersion(
        row.getLong("id"),
        new TerraformVersionId(row.getString("external_id")),
        new VersionOptions(
            row.getString("version"),
            row.getString("url"),
            row.getString("sha"),
            archives(row.getString("archs")),
            row.getBoolean("is_official"),
            row.getBoolean("is_enabled"),
            row.getBoolean("is_beta"),
            row.getBoolean("is_deprecated"),
            row.getString("deprecated_reason")),
        row.getLong("usage"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static String json(List<TerraformOffer.Archive> archives) {
    try {
      return Json.SNAKE.writeValueAsString(archives);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("archives are always JSON", e);
    }
  }

  private static List<TerraformOffer.Archive> archives(String json) {
    try {
      return Json.SNAKE.readValue(json, ARCHIVES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds archives", e);
    }
  }
}
