package io.terrarium.registry.module;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.registry.access.Namespace;
import io.terrarium.registry.version.SemanticVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// SQL of what the module protocol serves: versions that have been read.
final class ServedStore {
  private static final String OF_MODULE =
      """
       FROM module_versions v
      WHERE v.organization_id = :organization AND v.name = :name AND v.provider = :provider
        AND v.status = 'ok'
      """;

  private static final String VERSIONS =
      """
      SELECT v.id, v.version, c.path, c.provider_dependencies, c.module_calls
        FROM module_versions v JOIN module_contents c ON c.module_version_id = v.id
       WHERE v.organization_id = :organization AND v.name = :name AND v.provider = :provider
         AND v.status = 'ok'
       ORDER BY v.id, c.path COLLATE "C"
      """;

  private static final String MODULES =
      """
      SELECT v.* FROM module_versions v
       WHERE v.organization_id = :organization AND v.status = 'ok'
         AND (v.name, v.provider) IN (
               SELECT m.name, m.provider FROM module_versions m
                WHERE m.organization_id = :organization AND m.status = 'ok'
                  AND (CAST(:provider AS text) IS NULL OR m.provider = :provider)
                GROUP BY m.name, m.provider
                ORDER BY (m.name || '/' || m.provider) COLLATE "C"
                LIMIT :limit OFFSET :offset)
      """;

  /// A version and the facts that are listed of it.
  record Served(
      long id,
      ModuleAddress address,
      SemanticVersion version,
      String objectId,
      Optional<String> source,
      Instant publishedAt) {}

  /// What one module in a version needs of others.
  record Needs(
      String path,
      List<ModuleContent.ProviderDependency> providers,
      List<ModuleContent.ModuleCall> calls) {}

  /// All versions of a module in their order, with what each module in them needs.
  Map<SemanticVersion, List<Needs>> versions(Handle db, ModuleAddress module) {
    record Row(SemanticVersion version, Needs needs) {}
    List<Row> rows =
        of(db, module, VERSIONS)
            .map((row, _) ->
                new Row(
                    version(row),
                    new Needs(
                        row.getString("path"),
                        OfferStore.list(
                            row.getString("provider_dependencies"),
                            ModuleContent.ProviderDependency[].class),
                        OfferStore.list(
                            row.getString("module_calls"), ModuleContent.ModuleCall[].class))))
            .list();
    Map<SemanticVersion, List<Needs>> versions = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparing(Row::version))
        .forEach(row ->
            versions.computeIfAbsent(row.version(), _ -> new ArrayList<>()).add(row.needs()));
    return versions;
  }

  /// The versions of a module in their order.
  List<SemanticVersion> numbers(Handle db, ModuleAddress module) {
    return of(db, module, "SELECT v.version" + OF_MODULE).map((row, _) -> version(row)).stream()
        .sorted()
        .toList();
  }

  Optional<Served> find(Handle db, ModuleAddress module, String version) {
    return of(db, module, "SELECT v.*" + OF_MODULE + " AND v.version = :version")
        .bind("version", version)
        .map((row, _) -> served(row, module.namespace()))
        .findOne();
  }

  /// A page of the modules of an organization by their names, each in its newest version.
  ///
  /// @param provider for which alone, if any
  List<Served> newest(
      Handle db, Namespace namespace, @Nullable String provider, int offset, int limit) {
    Map<String, Served> newest = new LinkedHashMap<>();
    db.createQuery(MODULES)
        .bind("organization", namespace.organization().value())
        .bind("provider", provider)
        .bind("limit", limit)
        .bind("offset", offset)
        .map((row, _) -> served(row, namespace))
        .forEach(served -> newest.merge(served.address().toString(), served, ServedStore::newer));
    return newest.values().stream()
        .sorted(Comparator.comparing((Served served) -> served.address().toString()))
        .toList();
  }

  private static Served newer(Served one, Served other) {
    return SemanticVersion.BY_PREFERENCE.compare(one.version(), other.version()) < 0 ? other : one;
  }

  List<ModuleContent> contents(Handle db, Served version) {
    return OfferStore.contents(db, version.id());
  }

  private static Query of(Handle db, ModuleAddress module, String sql) {
    return db.createQuery(sql)
        .bind("organization", module.namespace().organization().value())
        .bind("name", module.name())
        .bind("provider", module.provider());
  }

  private static Served served(ResultSet row, Namespace namespace) throws SQLException {
    return new Served(
        row.getLong("id"),
        new ModuleAddress(namespace, row.getString("name"), row.getString("provider")),
        version(row),
        row.getString("object_id"),
        Optional.ofNullable(row.getString("source")),
        row.getObject("published_at", OffsetDateTime.class).toInstant());
  }

  /// Others are not let in.
  private static SemanticVersion version(ResultSet row) throws SQLException {
    return SemanticVersion.parse(row.getString("version")).orElseThrow();
  }
}
