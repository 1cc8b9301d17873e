package io.terrarium.core.registryprovider;

import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.id.RegistryProviderId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// SQL of providers.
final class ProviderStore {
  private static final String TABLES =
      " FROM registry_providers p JOIN organizations o ON o.id = p.organization_id ";

  private static final String SELECT =
      """
      SELECT p.*, o.name AS organization_name,
             ARRAY(SELECT v.external_id FROM registry_provider_versions v
                    WHERE v.registry_provider_id = p.id ORDER BY v.id DESC) AS versions
      """
          + TABLES;

  private static final String MATCHES =
      """
      WHERE p.organization_id = :organization
        AND (:any = '' OR strpos(p.name, lower(:any)) > 0 OR strpos(lower(o.name), lower(:any)) > 0)
      """;

  private static final String INSERT =
      """
      INSERT INTO registry_providers (external_id, organization_id, name, created_at, updated_at)
      VALUES (:id, :organization, :name, :now, :now)
      ON CONFLICT (organization_id, name) DO NOTHING
      """;

  Paged<RegistryProvider> list(Handle db, long organizationKey, String any, Page page) {
    return new PagedQuery(SELECT, TABLES, MATCHES, "p.name")
        .page(
            db,
            page,
            query -> query.bind("organization", organizationKey).bind("any", any),
            (row, _) -> read(row));
  }

  Optional<RegistryProvider> find(Handle db, long organizationKey, String name) {
    return find(db, organizationKey, name, "");
  }

  /// Nobody adds a version to it until the transaction ends.
  Optional<RegistryProvider> lock(Handle db, long organizationKey, String name) {
    return find(db, organizationKey, name, " FOR UPDATE OF p");
  }

  /// It stays until the transaction ends.
  Optional<RegistryProvider> use(Handle db, long organizationKey, String name) {
    return find(db, organizationKey, name, " FOR KEY SHARE OF p");
  }

  private static Optional<RegistryProvider> find(
      Handle db, long organizationKey, String name, String locking) {
    return db.createQuery(
            SELECT + "WHERE p.organization_id = :organization AND p.name = :name" + locking)
        .bind("organization", organizationKey)
        .bind("name", name)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// False when there is one of the name.
  boolean insert(Handle db, RegistryProviderId id, long organizationKey, String name, Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("name", name)
            .bind("now", now)
            .execute()
        == 1;
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM registry_providers WHERE id = ?", key);
  }

  private static RegistryProvider read(ResultSet row) throws SQLException {
    return new RegistryProvider(
        row.getLong("id"),
        new RegistryProviderId(row.getString("external_id")),
        row.getString("organization_name"),
        row.getString("name"),
        Stream.of((String[]) row.getArray("versions").getArray())
            .map(ProviderVersionId::new)
            .toList(),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
