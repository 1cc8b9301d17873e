package io.terrarium.core.rewrap;

import io.terrarium.contracts.vault.SealedColumn;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// SQL of rewrapping; the names of tables and columns are those of [SealedColumn].
final class RewrapStore {
  record Row(long id, String cell) {}

  /// The next cells behind `after` that do not begin with a ciphertext of the version.
  List<Row> next(Handle db, SealedColumn place, long after, String newest, int most) {
    return db.createQuery(
            "SELECT id, %1$s AS cell FROM %2$s WHERE id > :after AND %1$s IS NOT NULL AND NOT starts_with(%1$s, :newest) ORDER BY id LIMIT :most"
                .formatted(place.column(), place.table()))
        .bind("after", after)
        .bind("newest", newest)
        .bind("most", most)
        .map((row, _) -> new Row(row.getLong("id"), row.getString("cell")))
        .list();
  }

  /// False when somebody has written the cell meanwhile, or its row is gone: what they wrote stays.
  boolean replace(Handle db, SealedColumn place, Row before, String cell) {
    return db.createUpdate(
                "UPDATE %2$s SET %1$s = :cell WHERE id = :id AND %1$s = :before"
                    .formatted(place.column(), place.table()))
            .bind("cell", cell)
            .bind("id", before.id())
            .bind("before", before.cell())
            .execute()
        == 1;
  }
}
