package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.ReadmeId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.OwnRetention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a workspace as [WorkspaceStore#COLUMNS] selects it.
final class WorkspaceRow {
  private WorkspaceRow() {}

  static Workspace read(ResultSet row) throws SQLException {
    String lockType = row.getString("locked_by_type");
    return new Workspace(
        row.getLong("id"),
        new WorkspaceId(row.getString("external_id")),
        new Workspace.Owner(
            row.getLong("organization_id"),
            new OrganizationId(row.getString("organization_external_id")),
            row.getString("organization_name"),
            new ProjectId(row.getString("project_external_id"))),
        readSettings(row),
        ExecutionMode.of(row.getString("execution_mode_in_force")),
        new Workspace.Origin(
            row.getString("source"), row.getString("source_name"), row.getString("source_url")),
        lockType == null
            ? null
            : new Workspace.Lock(
                lockType, row.getString("locked_by_id"), row.getString("lock_reason")),
        new Workspace.Related(
            id(row, "current_run", RunId::new),
            id(row, "latest_run", RunId::new),
            id(row, "current_state_version", StateVersionId::new),
            id(row, "current_configuration_version", ConfigurationVersionId::new),
            texts(row, "outputs").stream().map(StateVersionOutputId::new).toList(),
            id(row, "ssh_key", SshKeyId::new),
            id(row, "readme", ReadmeId::new),
            vcsRepo(row),
            OwnRetention.read(row)),
        new Workspace.Counts(
            row.getInt("resource_count"),
            row.getLong("run_count"),
            row.getLong("failed_run_count")),
        texts(row, "tag_names"),
        new Workspace.Times(
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("updated_at").toInstant(),
            row.getTimestamp("latest_change_at").toInstant()));
  }

  private static @Nullable VcsRepo vcsRepo(ResultSet row) throws SQLException {
    Long repository = row.getObject("vcs_repository_id", Long.class);
    if (repository == null) {
      return null;
    }
    String identifier = row.getString("vcs_identifier");
    return new VcsRepo(
        new OauthTokenId(row.getString("vcs_oauth_token")),
        identifier,
        row.getString("vcs_service_provider"),
        row.getString("vcs_http_url") + "/" + identifier,
        row.getString("vcs_webhook_token"),
        Optional.ofNullable(row.getTimestamp("vcs_refused_at"))
            .map(Timestamp::toInstant)
            .orElse(null),
        new VcsRepo.Link(
            repository,
            row.getString("vcs_display_identifier"),
            row.getString("vcs_branch"),
            row.getBoolean("vcs_ingress_submodules"),
            row.getString("vcs_tags_regex")));
  }

  private static WorkspaceSettings readSettings(ResultSet row) throws SQLException {
    return new WorkspaceSettings(
        row.getString("name"),
        row.getString("description"),
        id(row, "execution_mode", ExecutionMode::of),
        row.getString("terraform_version"),
        row.getString("working_directory"),
        row.getBoolean("auto_apply"),
        row.getBoolean("auto_apply_run_trigger"),
        row.getBoolean("allow_destroy_plan"),
        row.getBoolean("assessments_enabled"),
        row.getBoolean("file_triggers_enabled"),
        row.getBoolean("global_remote_state"),
        row.getBoolean("queue_all_runs"),
        row.getBoolean("speculative_enabled"),
        row.getBoolean("structured_run_output_enabled"),
        texts(row, "trigger_prefixes"),
        texts(row, "trigger_patterns"));
  }

  private static <T> @Nullable T id(ResultSet row, String column, Function<String, T> type)
      throws SQLException {
    String value = row.getString(column);
    return value == null ? null : type.apply(value);
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
