package io.terrarium.atlas.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.run.RunPhase;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan or an apply as the API shows it.
final class PhaseResource {
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PlanAttributes(
      ExecutionDetails executionDetails,
      boolean generatedConfiguration,
      boolean hasChanges,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer resourceAdditions,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer resourceChanges,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer resourceDestructions,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer resourceImports,
      boolean structuredRunOutputEnabled,
      String status,
      StatusTimestamps statusTimestamps,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String logReadUrl,
      Actions actions,
      Permissions permissions) {}

  record ApplyAttributes(
      ExecutionDetails executionDetails,
      @Nullable Integer resourceAdditions,
      @Nullable Integer resourceChanges,
      @Nullable Integer resourceDestructions,
      @Nullable Integer resourceImports,
      boolean structuredRunOutputEnabled,
      String status,
      StatusTimestamps statusTimestamps,
      @Nullable String logReadUrl) {}

  record ExecutionDetails(String mode) {}

  record Actions(boolean isExportable) {}

  record Permissions(boolean canExport) {}

  private PhaseResource() {}

  /// @param logReadUrl a fresh signed address of the log, null when it is deleted
  static Resource of(Runs.VisiblePhase visible, @Nullable String logReadUrl) {
    RunPhase phase = visible.phase();
    Optional<RunPhase.Counts> counts = Optional.ofNullable(phase.counts());
    Integer additions = counts.map(RunPhase.Counts::additions).orElse(null);
    Integer changes = counts.map(RunPhase.Counts::changes).orElse(null);
    Integer destructions = counts.map(RunPhase.Counts::destructions).orElse(null);
    Integer imports = counts.map(RunPhase.Counts::imports).orElse(null);
    boolean structured = visible.run().options().structuredLog();
    ExecutionDetails details = new ExecutionDetails("remote");
    if (phase.phase() == Phase.APPLY) {
      return new Resource(
          phase.id(),
          "applies",
          new ApplyAttributes(
              details,
              additions,
              changes,
              destructions,
              imports,
              structured,
              phase.status().wire(),
              phase.timestamps(),
              logReadUrl),
          Map.of(
              "state-versions",
              Relationship.many(
                  "state-versions", visible.states().stream().map(StateVersionId::value).toList())),
          Map.of("self", "/api/v2/applies/" + phase.id()));
    }
    PlanAttributes attributes =
        new PlanAttributes(
            details,
            phase.generatedConfiguration() != null,
            phase.hasChanges(),
            additions,
            changes,
            destructions,
            imports,
            structured,
            phase.status().wire(),
            phase.timestamps(),
            logReadUrl,
            new Actions(false),
            new Permissions(visible.access().allows(WorkspaceRight.UPDATE_SETTINGS)));
    return new Resource(
        phase.id(),
        "plans",
        attributes,
        Map.of(
            "exports",
            Relationship.many("plan-exports", List.of()),
            "state-versions",
            Relationship.many("state-versions", List.of())),
        planLinks(phase));
  }

  private static Map<String, String> planLinks(RunPhase plan) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", "/api/v2/plans/" + plan.id());
    links.put("json-output", "/api/v2/plans/" + plan.id() + "/json-output");
    links.put("json-output-redacted", "/api/v2/plans/" + plan.id() + "/json-output-redacted");
    links.put("json-schema", "/api/v2/plans/" + plan.id() + "/json-schema");
    return links;
  }
}
