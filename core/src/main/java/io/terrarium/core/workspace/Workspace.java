package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.ReadmeId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.OwnRetention;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workspace as it is now.
///
/// @param executionMode in force: its own, or else the organization's
public record Workspace(
    long key,
    WorkspaceId id,
    Owner owner,
    WorkspaceSettings settings,
    ExecutionMode executionMode,
    Origin origin,
    @Nullable Lock lock,
    Related related,
    Counts counts,
    List<String> tagNames,
    Times times) {
  public Workspace {
    tagNames = List.copyOf(tagNames);
  }

  public boolean isLocked() {
    return lock != null;
  }

  /// Where it belongs.
  public record Owner(
      long organizationKey,
      OrganizationId organizationId,
      String organizationName,
      ProjectId projectId) {}

  /// What made it.
  public record Origin(String source, @Nullable String name, @Nullable String url) {}

  /// Who holds it; `type` is the API's `users`, `teams` or `runs`.
  public record Lock(String type, String id, @Nullable String reason) {
    public boolean isOfRun() {
      return type.equals("runs");
    }
  }

  /// What it points at.
  ///
  /// @param outputs of the current state version
  /// @param sshKey by which its runs fetch modules
  /// @param readme of its newest configuration
  /// @param vcsRepo that it follows
  public record Related(
      @Nullable RunId currentRun,
      @Nullable RunId latestRun,
      @Nullable StateVersionId currentStateVersion,
      @Nullable ConfigurationVersionId currentConfigurationVersion,
      List<StateVersionOutputId> outputs,
      @Nullable SshKeyId sshKey,
      @Nullable ReadmeId readme,
      @Nullable VcsRepo vcsRepo,
      @Nullable OwnRetention retention) {
    public Related {
      outputs = List.copyOf(outputs);
    }
  }

  public record Counts(int resources, long runs, long failedRuns) {}

  public record Times(Instant createdAt, Instant updatedAt, Instant latestChangeAt) {}
}
