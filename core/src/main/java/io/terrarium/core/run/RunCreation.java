package io.terrarium.core.run;

import io.terrarium.contracts.build.ScriptedEngine;
import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Settles what a new run is to do, writes it, and lets it take its turn if it is free to.
final class RunCreation {
  private static final String WORKSPACE =
      """
      SELECT w.organization_id, w.auto_apply, w.terraform_version, w.structured_run_output_enabled,
             w.allow_destroy_plan, coalesce(w.execution_mode, p.default_execution_mode, o.default_execution_mode)
        FROM workspaces w JOIN organizations o ON o.id = w.organization_id
             JOIN projects p ON p.id = w.project_id
       WHERE w.id = :workspace
      """;

  private record Defaults(
      long organizationKey,
      boolean autoApply,
      String terraformVersion,
      boolean structuredLog,
      boolean allowDestroy,
      String executionMode) {}

  private static final int PRIORITY_PLAN = 1;
  private static final int PRIORITY_SPECULATIVE = 2;

  private final ConfigurationVersions configurations;
  private final PinnedVariables variables;
  private final TerraformVersions versions;
  private final RunSteps steps;
  private final Clock clock;
  private final Ids ids;
  private final RunStore store = new RunStore();
  private final RunQueue queue = new RunQueue();

  RunCreation(
      ConfigurationVersions configurations,
      PinnedVariables variables,
      TerraformVersions versions,
      RunSteps steps,
      RunParts parts) {
    this.configurations = configurations;
    this.variables = variables;
    this.versions = versions;
    this.steps = steps;
    this.clock = parts.clock();
    this.ids = parts.ids();
  }

  Run create(Handle db, long workspaceKey, NewRun asked, @Nullable Long userKey) {
    Defaults defaults =
        db.createQuery(WORKSPACE)
            .bind("workspace", workspaceKey)
            .map((row, _) ->
                new Defaults(
                    row.getLong(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getString(6)))
            .one();
    ConfigurationVersion configuration = configuration(db, workspaceKey, asked);
    RunOptions options = settle(asked, defaults, configuration);
    check(db, asked, defaults, options);
    Run run = insert(db, workspaceKey, defaults, configuration, options, asked, userKey);
    if (!options.isBesideTheQueue()) {
      queue.setConfiguration(db, workspaceKey, configuration.key());
      steps.advance(db, workspaceKey);
    } else {
      steps.takeTurn(db, run);
    }
    return store.find(db, run.id()).orElseThrow();
  }

  /// The variables of those runs that were given some.
  Map<RunId, List<NewRun.Variable>> given(List<Run> runs) {
    Map<RunId, String> ciphertexts = new LinkedHashMap<>();
    for (Run run : runs) {
      if (run.variablesCiphertext() != null) {
        ciphertexts.put(run.id(), run.variablesCiphertext());
      }
    }
    Iterator<List<PinnedVariables.Given>> opened =
        variables.open(List.copyOf(ciphertexts.values())).iterator();
    Map<RunId, List<NewRun.Variable>> given = new HashMap<>();
    for (RunId run : ciphertexts.keySet()) {
      given.put(
          run,
          opened.next().stream()
              .map(variable -> new NewRun.Variable(variable.key(), variable.value()))
              .toList());
    }
    return given;
  }

  private ConfigurationVersion configuration(Handle db, long workspaceKey, NewRun asked) {
    ConfigurationVersion found =
        configurations
            .forRun(db, workspaceKey, asked.configurationVersion())
            .orElseThrow(() ->
                new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            asked.configurationVersion().isPresent()
                                ? "The configuration version does not exist in this workspace."
                                : "The workspace has no uploaded configuration yet: upload one"
                                    + " first, or name a configuration version.",
                            "/data/relationships/configuration-version"))));
    if (found.status() != ConfigurationVersion.Status.UPLOADED) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "The configuration version is "
                      + found.status().wire()
                      + "; a run needs one that is uploaded.",
                  "/data/relationships/configuration-version")));
    }
    return found;
  }

  private static RunOptions settle(
      NewRun asked, Defaults defaults, ConfigurationVersion configuration) {
    boolean planOnly = asked.planOnly().orElse(false) || configuration.speculative();
    return new RunOptions(
        asked.message().filter(text -> !text.isBlank()).orElse("Triggered via API"),
        asked.source(),
        asked.triggerReason(),
        asked.destroy(),
        asked.refresh(),
        asked.refreshOnly(),
        !planOnly && !asked.savePlan() && asked.autoApply().orElse(defaults.autoApply()),
        asked.allowEmptyApply(),
        asked.allowConfigGeneration(),
        planOnly,
        asked.savePlan() && !planOnly,
        asked.debuggingMode(),
        defaults.structuredLog() && asked.cloudIntegration(),
        asked.terraformVersion().orElse(defaults.terraformVersion()),
        asked.targets(),
        asked.replacements());
  }

  private void check(Handle db, NewRun asked, Defaults defaults, RunOptions options) {
    List<Fault.Problem> problems = new ArrayList<>();
    if (!defaults.executionMode().equals("remote")) {
      problems.add(
          new Fault.Problem(
              "The workspace's execution mode is \""
                  + defaults.executionMode()
                  + "\"; runs need \"remote\".",
              "/data/relationships/workspace"));
    }
    if (options.destroy() && options.refreshOnly()) {
      problems.add(problem("refresh-only", "Refresh only cannot be combined with is-destroy."));
    }
    if (options.refreshOnly() && !options.refresh()) {
      problems.add(problem("refresh", "Refresh must be true for a refresh-only run."));
    }
    if (options.destroy() && !defaults.allowDestroy() && !options.planOnly()) {
      problems.add(
          problem(
              "is-destroy", "The workspace does not allow destroy plans (allow-destroy-plan)."));
    }
    if (asked.terraformVersion().isPresent() && !options.planOnly()) {
      problems.add(
          problem(
              "terraform-version", "Terraform version can be chosen for plan-only runs alone."));
    }
    asked
        .terraformVersion()
        .flatMap(wanted -> versions.choice(db, defaults.organizationKey()).problem(wanted))
        .ifPresent(why -> problems.add(problem("terraform-version", "Terraform version " + why)));
    if (ScriptedEngine.isChosenBy(options.terraformVersion())
        != ScriptedEngine.isChosenBy(defaults.terraformVersion())) {
      problems.add(
          problem(
              "terraform-version",
              "Whether the scripted engine stands in for Terraform is the workspace's to say."));
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  private static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/" + attribute);
  }

  private Run insert(
      Handle db,
      long workspaceKey,
      Defaults defaults,
      ConfigurationVersion configuration,
      RunOptions options,
      NewRun asked,
      @Nullable Long userKey) {
    Instant now = clock.instant();
    // The three ids share their tail, as people look for it.
    String tail = ids.next("");
    RunId id = new RunId(RunId.PREFIX + tail);
    RunStore.Insert facts =
        new RunStore.Insert(
            id,
            new PlanId(PlanId.PREFIX + tail),
            new ApplyId(ApplyId.PREFIX + tail),
            defaults.organizationKey(),
            workspaceKey,
            configuration.key(),
            options.planOnly() ? PRIORITY_SPECULATIVE : PRIORITY_PLAN,
            variables.seal(
                asked.variables().stream()
                    .map(given -> new PinnedVariables.Given(given.key(), given.value()))
                    .toList()),
            variables.pin(db, workspaceKey),
            userKey,
            now);
    // After vault's work, and before the first of the new run's rows: see RunStore for the order.
    queue.await(db, workspaceKey);
    store.insert(
        db, facts, options, StatusTimestamps.none().with(RunStatus.PENDING.timestampKey(), now));
    Run run = store.find(db, id).orElseThrow();
    steps.created(db, run, userKey);
    return run;
  }
}
