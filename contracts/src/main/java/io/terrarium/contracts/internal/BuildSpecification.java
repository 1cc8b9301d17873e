package io.terrarium.contracts.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a worker needs for one phase, secrets included. It travels only in the answer to a
/// claim and lives only in the worker's memory and in the run's private directory.
///
/// @param runToken API token of the run, dead when the run ends
/// @param workingDirectory where in the configuration terraform runs, "" for its root
/// @param structuredLog whether terraform is asked for JSON lines
/// @param sshKey private key by which terraform fetches modules, absent where the workspace has
///   none
/// @param terraformOffer null from an atlas of the version before
public record BuildSpecification(
    int v,
    RunId runId,
    Phase phase,
    String phaseId,
    String organizationName,
    String projectName,
    String workspaceId,
    String workspaceName,
    String runToken,
    String terraformVersion,
    String workingDirectory,
    Options options,
    List<Variable> variables,
    boolean structuredLog,
    @Nullable String sshKey,
    int timeoutSeconds,
    Objects objects,
    @Nullable TerraformOffer terraformOffer) {
  public static final int VERSION = 1;

  /// What the run was asked to do.
  public record Options(
      boolean destroy,
      boolean refresh,
      boolean refreshOnly,
      boolean speculative,
      boolean debugging,
      boolean generateConfiguration,
      boolean allowEmptyApply,
      List<String> targets,
      List<String> replacements) {}

  /// A variable, in the order of precedence: later ones win.
  ///
  /// @param hcl the value is an expression, not a text
  public record Variable(
      String key, String value, Category category, boolean hcl, boolean sensitive, Origin origin) {
    @Override
    public String toString() {
      return "Variable[" + key + "]";
    }
  }

  /// Where a variable goes.
  public enum Category {
    @JsonProperty("terraform")
    TERRAFORM,
    @JsonProperty("env")
    ENV
  }

  /// Where a variable comes from: the workspace with its sets, or the run, whose variables are HCL
  /// literals.
  public enum Origin {
    @JsonProperty("workspace")
    WORKSPACE,
    @JsonProperty("run")
    RUN
  }

  /// Signed paths at archivist; the worker puts its own base address before them.
  ///
  /// @param state read; absent when the workspace has no state yet
  /// @param plan written by the plan, read by the apply
  /// @param planJson written by the plan
  /// @param planJsonRedacted written by the plan
  /// @param planSchemas written by the plan; null from an atlas of the version before
  /// @param stateUpload written while the apply runs, a new object each time; the last one counts
  /// @param erroredState written by an apply whose state nobody takes as the workspace's; null from
  ///   an atlas of the version before
  /// @param logAppend appended to
  public record Objects(
      String configuration,
      @Nullable String state,
      String plan,
      @Nullable String planJson,
      @Nullable String planJsonRedacted,
      @Nullable String planSchemas,
      @Nullable String stateUpload,
      @Nullable String erroredState,
      String logAppend) {}
}
