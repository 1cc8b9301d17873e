package io.terrarium.core.run;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client asks of a new run; what it leaves open is settled from workspace and
/// configuration.
///
/// @param triggerReason `manual` where somebody asks for it
/// @param cloudIntegration the client renders JSON lines, so the log may be structured
public record NewRun(
    WorkspaceId workspace,
    Optional<ConfigurationVersionId> configurationVersion,
    Optional<String> message,
    String source,
    String triggerReason,
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

  /// One that nobody asks for: it follows from something else.
  static NewRun following(
      WorkspaceId workspace,
      Optional<ConfigurationVersionId> configurationVersion,
      String message,
      Cause cause,
      Optional<Boolean> autoApply,
      boolean savePlan) {
    return new NewRun(
        workspace,
        configurationVersion,
        Optional.of(message),
        cause.source(),
        cause.triggerReason(),
        false,
        true,
        false,
        autoApply,
        false,
        false,
        Optional.empty(),
        savePlan,
        false,
        false,
        Optional.empty(),
        null,
        null,
        List.of());
  }

  /// What such a run follows from, in the API's words.
  record Cause(String source, String triggerReason) {}

  /// A variable for this run alone; the value is an HCL literal.
  public record Variable(String key, String value) {}
}
