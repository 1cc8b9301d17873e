package io.terrarium.core.registry;

import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What follows when versions of modules and providers are deleted: the registry forgets them, and
/// archivist deletes what was stored. Both leave with the transaction that deletes the rows.
public record Withdrawals(Outbox outbox) {
  /// No job grows beyond these many ids.
  private static final int JOB_MAX = 500;

  private static final String OF_ORGANIZATION =
      """
      SELECT true AS is_module, v.external_id,
             array_remove(ARRAY[v.object_id], NULL) AS objects
        FROM registry_module_versions v JOIN registry_modules m ON m.id = v.registry_module_id
       WHERE m.organization_id = :key
      UNION ALL
      SELECT false, v.external_id,
             array_remove(v.shasums_object_id || (v.signature_object_id || array(
               SELECT f.object_id FROM registry_provider_platforms f
                WHERE f.registry_provider_version_id = v.id)), NULL)
        FROM registry_provider_versions v JOIN registry_providers p ON p.id = v.registry_provider_id
       WHERE p.organization_id = :key
      """;

  public void modules(Handle db, List<ModuleVersionId> gone, List<String> objects) {
    add(db, gone, List.of(), objects);
  }

  public void providers(Handle db, List<ProviderVersionId> gone, List<String> objects) {
    add(db, List.of(), gone, objects);
  }

  /// All that an organization has published; before its rows are deleted.
  public void organization(Handle db, long key) {
    List<ModuleVersionId> modules = new ArrayList<>();
    List<ProviderVersionId> providers = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    db.createQuery(OF_ORGANIZATION)
        .bind("key", key)
        .map((row, _) -> Published.read(row))
        .forEach(published -> {
          if (published.isModule()) {
            modules.add(new ModuleVersionId(published.id()));
          } else {
            providers.add(new ProviderVersionId(published.id()));
          }
          objects.addAll(published.objects());
        });
    add(db, modules, providers, objects);
  }

  private record Published(boolean isModule, String id, List<String> objects) {
    static Published read(ResultSet row) throws SQLException {
      return new Published(
          row.getBoolean("is_module"),
          row.getString("external_id"),
          List.of((String[]) row.getArray("objects").getArray()));
    }
  }

  private void add(
      Handle db,
      List<ModuleVersionId> modules,
      List<ProviderVersionId> providers,
      List<String> objects) {
    for (List<ModuleVersionId> part : parts(modules)) {
      outbox.add(db, new Job.WithdrawVersions(part, List.of()), "", "");
    }
    for (List<ProviderVersionId> part : parts(providers)) {
      outbox.add(db, new Job.WithdrawVersions(List.of(), part), "", "");
    }
    delete(db, objects);
  }

  public void delete(Handle db, List<String> objects) {
    for (List<String> part : parts(objects)) {
      outbox.add(db, new Job.DeleteObjects(part), "", "");
    }
  }

  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += JOB_MAX) {
      parts.add(all.subList(from, Math.min(all.size(), from + JOB_MAX)));
    }
    return parts;
  }
}
