package io.terrarium.core.run;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client asks of a new run; what it leaves open is settled from workspace and
/// configuration.
///
/// @param cloudIntegration the client renders JSON lines, so the log may be structured
public record NewRun(
    WorkspaceId workspace,
    Optional<ConfigurationVersionId> configurationVersion,
    Optional<String> message,
    String source,
    boolean destroy,
    boolean refresh,
    boolean refreshOnly,
    Optional<Boolean> autoApply,
    boolean allowEmptyApply,
    boolean allowConfigGeneration,
    Optional<Boolean> planOnly,
    boolean savePlan,
    boolean debuggingMode,
    boolean cloudIntegration,
    Optional<String> terraformVersion,
    @Nullable List<String> targets,
    @Nullable List<String> replacements,
    List<Variable> variables) {

  /// A variable for this run alone; the value is an HCL literal.
  public record Variable(String key, String value) {}
}
