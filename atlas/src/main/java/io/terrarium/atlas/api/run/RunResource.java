package io.terrarium.atlas.api.run;

import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.run.NewRun;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunCause;
import io.terrarium.core.run.RunDetails;
import io.terrarium.core.run.RunOptions;
import io.terrarium.core.run.RunStatus;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run as the API shows it.
final class RunResource {
  record Attributes(
      Actions actions,
      boolean allowConfigGeneration,
      boolean allowEmptyApply,
      boolean autoApply,
      @Nullable Instant canceledAt,
      Instant createdAt,
      boolean debuggingMode,
      @Nullable Instant forceCancelAvailableAt,
      boolean hasChanges,
      List<String> invokeActionAddrs,
      boolean isDestroy,
      String message,
      Permissions permissions,
      boolean planOnly,
      List<String> policyPaths,
      int positionInQueue,
      boolean refresh,
      boolean refreshOnly,
      @Nullable List<String> replaceAddrs,
      boolean savePlan,
      String source,
      RunStatus status,
      StatusTimestamps statusTimestamps,
      @Nullable List<String> targetAddrs,
      String terraformVersion,
      String triggerReason,
      @Nullable String triggeringSourceName,
      Instant updatedAt,
      @Nullable List<NewRun.Variable> variables) {}

  record Actions(
      boolean isCancelable,
      boolean isConfirmable,
      boolean isDiscardable,
      boolean isForceCancelable) {}

  record Permissions(
      boolean canApply,
      boolean canCancel,
      boolean canComment,
      boolean canDiscard,
      boolean canForceCancel,
      boolean canForceExecute,
      boolean canOverridePolicyCheck) {}

  private RunResource() {}

  static Resource of(VisibleRun visible, int positionInQueue, RunDetails details, Instant now) {
    Run run = visible.run();
    RunOptions options = run.options();
    Attributes attributes =
        new Attributes(
            new Actions(
                run.isCancelable(),
                run.isConfirmable(),
                run.isDiscardable(),
                run.isForceCancelable(now)),
            options.allowConfigGeneration(),
            options.allowEmptyApply(),
            options.autoApply(),
            run.canceledAt(),
            run.createdAt(),
            options.debuggingMode(),
            run.forceCancelAvailableAt(),
            run.hasChanges(),
            List.of(),
            options.destroy(),
            options.message(),
            permissions(visible.access()),
            options.planOnly(),
            List.of(),
            positionInQueue,
            options.refresh(),
            options.refreshOnly(),
            options.replacements(),
            options.savePlan(),
            options.source(),
            run.status(),
            timestamps(run),
            options.targets(),
            options.terraformVersion(),
            options.triggerReason(),
            details.cause().trigger().map(RunCause.Trigger::workspaceName).orElse(null),
            updatedAt(run),
            details.variables().isEmpty() ? null : details.variables());
    return new Resource(
        run.id().value(),
        "runs",
        attributes,
        relationships(run, details),
        Map.of("self", "/api/v2/runs/" + run.id()));
  }

  private static Permissions permissions(WorkspaceAccess access) {
    boolean apply = access.allows(WorkspaceRight.APPLY_RUN);
    return new Permissions(
        apply,
        apply,
        access.allows(WorkspaceRight.QUEUE_RUN),
        apply,
        access.allows(WorkspaceRight.FORCE_UNLOCK),
        apply,
        false);
  }

  private static StatusTimestamps timestamps(Run run) {
    Instant forced = run.forceCanceledAt();
    return forced == null ? run.timestamps() : run.timestamps().with("force-canceled-at", forced);
  }

  private static Instant updatedAt(Run run) {
    return run.timestamps().times().values().stream()
        .max(Instant::compareTo)
        .orElse(run.createdAt());
  }

  private static Map<String, Relationship> relationships(Run run, RunDetails details) {
    String self = "/api/v2/runs/" + run.id();
    Map<String, Relationship> all = new LinkedHashMap<>();
    all.put("workspace", Relationship.one("workspaces", run.workspaceId().value()));
    all.put("apply", Relationship.one("applies", run.applyId().value(), self + "/apply"));
    all.put("plan", Relationship.one("plans", run.planId().value(), self + "/plan"));
    all.put(
        "configuration-version",
        Relationship.one(
            "configuration-versions",
            run.configurationVersionId().value(),
            self + "/configuration-version"));
    all.put("created-by", user(Optional.ofNullable(run.createdBy()).map(Object::toString)));
    all.put("canceled-by", user(details.cause().canceledBy().map(Object::toString)));
    all.put("confirmed-by", user(Optional.ofNullable(run.confirmedBy()).map(Object::toString)));
    Optional<RunCause.Trigger> trigger = details.cause().trigger();
    all.put(
        "triggering-run",
        Relationship.optional("runs", trigger.map(RunCause.Trigger::run).map(Object::toString)));
    all.put(
        "triggering-source",
        Relationship.optional(
            "workspaces", trigger.map(RunCause.Trigger::workspace).map(Object::toString)));
    all.put(
        "run-events",
        Relationship.many("run-events", details.history().events(), self + "/run-events"));
    all.put(
        "comments",
        Relationship.many("comments", details.history().comments(), self + "/comments"));
    all.put("policy-checks", Relationship.many("policy-checks", List.of()));
    all.put("task-stages", Relationship.many("task-stages", List.of()));
    return all;
  }

  private static Relationship user(Optional<String> id) {
    return Relationship.optional("users", id);
  }
}
