package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.state.ParsedState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// SQL of outputs.
final class OutputStore {
  private static final String SELECT =
      """
      SELECT o.*, s.external_id AS state_version
        FROM state_version_outputs o JOIN state_versions s ON s.id = o.state_version_id
      """;

  private static final String INSERT =
      """
      INSERT INTO state_version_outputs (external_id, state_version_id, name, is_sensitive, type,
        detailed_type, value_ciphertext)
      VALUES (:id, :stateVersion, :name, :sensitive, :type, :detailedType::jsonb, :ciphertext)
      """;

  /// An output whose value is still ciphertext.
  record Sealed(StateVersionId stateVersion, StateOutput output, String ciphertext) {}

  List<Sealed> list(Handle db, List<Long> stateVersionKeys) {
    return db.createQuery(
            SELECT + " WHERE o.state_version_id = ANY (:keys) ORDER BY o.state_version_id, o.name")
        .bindArray("keys", Long.class, stateVersionKeys)
        .map((row, _) -> read(row))
        .list();
  }

  Optional<Sealed> find(Handle db, StateVersionOutputId id) {
    return db.createQuery(SELECT + " WHERE o.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  void replace(
      Handle db,
      long stateVersionKey,
      List<ParsedState.Output> outputs,
      List<String> ciphertexts,
      Supplier<String> ids) {
    db.createUpdate("DELETE FROM state_version_outputs WHERE state_version_id = :key")
        .bind("key", stateVersionKey)
        .execute();
    PreparedBatch batch = db.prepareBatch(INSERT);
    for (int i = 0; i < outputs.size(); i++) {
      ParsedState.Output output = outputs.get(i);
      batch
          .bind("id", ids.get())
          .bind("stateVersion", stateVersionKey)
          .bind("name", output.name())
          .bind("sensitive", output.sensitive())
          .bind("type", output.type())
          .bind("detailedType", StateVersionStore.json(output.detailedType()))
          .bind("ciphertext", ciphertexts.get(i))
          .add();
    }
    batch.execute();
  }

  private static Sealed read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Sealed(
        new StateVersionId(row.getString("state_version")),
        new StateOutput(
            new StateVersionOutputId(row.getString("external_id")),
            row.getString("name"),
            row.getBoolean("is_sensitive"),
            row.getString("type"),
            StateVersionStore.tree(row.getString("detailed_type")),
            null),
        row.getString("value_ciphertext"));
  }
}
