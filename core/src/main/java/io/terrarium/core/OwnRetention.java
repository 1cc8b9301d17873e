package io.terrarium.core;

import io.terrarium.contracts.id.RetentionPolicyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The data retention policy that a workspace or an organization has of its own.
///
/// @param deletes whether it lets anything be deleted
public record OwnRetention(RetentionPolicyId id, boolean deletes) {
  /// From the columns `retention_policy` and `retention_deletes`.
  public static @Nullable OwnRetention read(ResultSet row) throws SQLException {
    String id = row.getString("retention_policy");
    return id == null
        ? null
        : new OwnRetention(new RetentionPolicyId(id), row.getBoolean("retention_deletes"));
  }
}
