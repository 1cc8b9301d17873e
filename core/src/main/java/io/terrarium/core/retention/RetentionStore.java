package io.terrarium.core.retention;

import io.terrarium.contracts.id.RetentionPolicyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of data retention policies.
final class RetentionStore {
  private static final String OF_HOLDER =
      " WHERE organization_id = :organization OR workspace_id = :workspace";

  private static final String INSERT =
      """
      INSERT INTO data_retention_policies (external_id, organization_id, workspace_id,
        older_than_days, state_days, state_keep, configuration_days, configuration_keep, run_days,
        run_keep, created_at)
      VALUES (:id, :organization, :workspace, :terms.commonDays, :terms.states.days,
        :terms.states.latest, :terms.configurations.days, :terms.configurations.latest,
        :terms.runs.days, :terms.runs.latest, :now)
      """;

  private static final String REPLACE =
      """
      UPDATE data_retention_policies
         SET older_than_days = :terms.commonDays, state_days = :terms.states.days,
             state_keep = :terms.states.latest, configuration_days = :terms.configurations.days,
             configuration_keep = :terms.configurations.latest, run_days = :terms.runs.days,
             run_keep = :terms.runs.latest
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
                new RetentionPolicyId(row.getString("external_id")), holder.target(), terms(row)))
        .findOne();
  }

  private static RetentionTerms terms(ResultSet row) throws SQLException {
    return new RetentionTerms(
        row.getObject("older_than_days", Integer.class),
        limit(row, "state"),
        limit(row, "configuration"),
        limit(row, "run"));
  }

  private static RetentionTerms.Limit limit(ResultSet row, String kind) throws SQLException {
    return new RetentionTerms.Limit(
        row.getObject(kind + "_days", Integer.class), row.getObject(kind + "_keep", Integer.class));
  }

  /// Until the end of the transaction nobody else sets it.
  void lock(Handle db, Holder holder) {
    db.execute(
        "SELECT pg_advisory_xact_lock(hashtext('retention_of_' || ?))", holder.target().id());
  }

  void insert(Handle db, Holder holder, RetentionPolicyId id, RetentionTerms terms, Instant now) {
    holder
        .bound(db.createUpdate(INSERT))
        .bindMethods("terms", terms)
        .bind("id", id.value())
        .bind("now", now)
        .execute();
  }

  /// False when it has none yet.
  boolean replace(Handle db, Holder holder, RetentionTerms terms) {
    return holder.bound(db.createUpdate(REPLACE + OF_HOLDER)).bindMethods("terms", terms).execute()
        == 1;
  }

  boolean delete(Handle db, Holder holder) {
    return holder
            .bound(db.createUpdate("DELETE FROM data_retention_policies" + OF_HOLDER))
            .execute()
        > 0;
  }
}
