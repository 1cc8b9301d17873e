package io.terrarium.core.retention;

import io.terrarium.contracts.id.RetentionPolicyId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of data retention policies.
final class RetentionStore {
  private static final String OF_HOLDER =
      " WHERE organization_id = :organization OR workspace_id = :workspace";

  private static final String SET =
      """
      INSERT INTO data_retention_policies (external_id, organization_id, workspace_id,
        older_than_days, created_at)
      VALUES (:id, :organization, :workspace, :days, :now)
      """;

  /// Whose policy is meant, as a row and as the API names it.
  record Holder(
      @Nullable Long organization, @Nullable Long workspace, RetentionPolicy.Target target) {
    <S extends SqlStatement<S>> S bound(S statement) {
      return statement.bind("organization", organization).bind("workspace", workspace);
    }
  }

  Optional<RetentionPolicy> find(Handle db, Holder holder) {
    return holder
        .bound(db.createQuery("SELECT * FROM data_retention_policies" + OF_HOLDER))
        .map((row, _) ->
            new RetentionPolicy(
                new RetentionPolicyId(row.getString("external_id")),
                holder.target(),
                Optional.ofNullable(row.getObject("older_than_days", Integer.class))))
        .findOne();
  }

  /// Until the end of the transaction nobody else sets it.
  void lock(Handle db, Holder holder) {
    db.execute(
        "SELECT pg_advisory_xact_lock(hashtext('retention_of_' || ?))", holder.target().id());
  }

  void insert(Handle db, Holder holder, RetentionPolicyId id, Optional<Integer> days, Instant now) {
    holder
        .bound(db.createUpdate(SET))
        .bind("id", id.value())
        .bind("days", days.orElse(null))
        .bind("now", now)
        .execute();
  }

  boolean delete(Handle db, Holder holder) {
    return holder
            .bound(db.createUpdate("DELETE FROM data_retention_policies" + OF_HOLDER))
            .execute()
        > 0;
  }
}
