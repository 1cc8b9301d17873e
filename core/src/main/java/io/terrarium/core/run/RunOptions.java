package io.terrarium.core.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run was asked to do, as settled when it was created.
///
/// @param planOnly it will never be applied (a speculative plan)
/// @param savePlan its plan may be applied later and holds nothing meanwhile
/// @param structuredLog terraform is asked for JSON lines
/// @param targets addresses of `-target`, null when none were given
/// @param replacements addresses of `-replace`, null when none were given
public record RunOptions(
    String message,
    String source,
    String triggerReason,
    boolean destroy,
    boolean refresh,
    boolean refreshOnly,
    boolean autoApply,
    boolean allowEmptyApply,
    boolean allowConfigGeneration,
    boolean planOnly,
    boolean savePlan,
    boolean debuggingMode,
    boolean structuredLog,
    String terraformVersion,
    @Nullable List<String> targets,
    @Nullable List<String> replacements) {

  /// Neither waits for the workspace nor holds it.
  public boolean isBesideTheQueue() {
    return planOnly || savePlan;
  }
}
