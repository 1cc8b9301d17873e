package io.terrarium.core.run;

import io.terrarium.contracts.archivist.ObjectKeys;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.kernel.Fault;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Puts together what a worker must know about a phase it has claimed.
final class BuildSpecifications {
  private static final String FACTS =
      """
      SELECT w.name AS workspace_name, w.working_directory, j.name AS project_name,
             c.object_id AS configuration
        FROM runs r JOIN workspaces w ON w.id = r.workspace_id JOIN projects j ON j.id = w.project_id
             JOIN configuration_versions c ON c.id = r.configuration_version_id
       WHERE r.id = :run
      """;

  private static final String PLAN_TIMEOUT =
      "SELECT coalesce(plan_timeout_seconds, :site) FROM organizations WHERE id = :organization";

  private static final String APPLY_TIMEOUT =
      "SELECT coalesce(apply_timeout_seconds, :site) FROM organizations WHERE id = :organization";

  private static final String SEALED =
      """
      SELECT r.pinned_variables_ciphertext, k.value_ciphertext AS ssh_key
        FROM runs r JOIN workspaces w ON w.id = r.workspace_id
             LEFT JOIN ssh_keys k ON k.id = w.ssh_key_id
       WHERE r.id = :run
      """;

  private record Facts(
      String workspaceName, String workingDirectory, String projectName, String configuration) {}

  /// @param timeoutSeconds for terraform, from the first claim on
  record Limits(int memoryMegabytes, int cpus, int timeoutSeconds) {}

  private final PinnedVariables variables;
  private final ValueCipher sshKeys;
  private final RunObjects objects;
  private final CurrentState currentState;
  private final TerraformVersions versions;
  private final Supplier<GeneralSettings> settings;
  private final Capacity capacity;
  private final PhaseStore phases = new PhaseStore();

  BuildSpecifications(
      PinnedVariables variables,
      ValueCipher sshKeys,
      RunObjects objects,
      CurrentState currentState,
      TerraformVersions versions,
      Supplier<GeneralSettings> settings,
      Capacity capacity) {
    this.variables = variables;
    this.sshKeys = sshKeys;
    this.objects = objects;
    this.currentState = currentState;
    this.versions = versions;
    this.settings = settings;
    this.capacity = capacity;
  }

  /// The organization's own time limits win over the site's.
  Limits limits(Handle db, Run run, Phase phase) {
    GeneralSettings now = settings.get();
    int timeout = phase == Phase.PLAN ? now.planTimeoutSeconds() : now.applyTimeoutSeconds();
    String own = phase == Phase.PLAN ? PLAN_TIMEOUT : APPLY_TIMEOUT;
    return new Limits(
        capacity.memoryMegabytes(),
        capacity.cpus(),
        db.createQuery(own)
            .bind("site", timeout)
            .bind("organization", run.organizationKey())
            .mapTo(Integer.class)
            .one());
  }

  /// What the run was created with, its own variables and those of its workspace, and the SSH key
  /// that its workspace has now; all still encrypted.
  record Sealed(String pinned, @Nullable String given, @Nullable String sshKey) {}

  /// The same, in the clear.
  record Opened(List<BuildSpecification.Variable> variables, @Nullable String sshKey) {
    @Override
    public String toString() {
      return "Opened[" + variables.size() + " variables]";
    }
  }

  /// @throws Fault.NotFound when the run has been deleted since
  Sealed sealed(Handle db, Run run) {
    return db.createQuery(SEALED)
        .bind("run", run.key())
        .map((row, _) ->
            new Sealed(
                row.getString("pinned_variables_ciphertext"),
                run.variablesCiphertext(),
                row.getString("ssh_key")))
        .findOne()
        .orElseThrow(Fault.NotFound::new);
  }

  /// Asks vault, so it is nothing for a transaction.
  Opened open(Sealed sealed) {
    String sshKey = sealed.sshKey();
    return new Opened(
        variables.resolve(sealed.pinned(), sealed.given()),
        sshKey == null ? null : sshKeys.decryptTexts(List.of(sshKey)).getFirst());
  }

  BuildSpecification of(Handle db, Run run, RunPhase phase, String runToken, Opened secrets) {
    Facts facts =
        db.createQuery(FACTS)
            .bind("run", run.key())
            .map((row, _) ->
                new Facts(
                    row.getString("workspace_name"),
                    row.getString("working_directory"),
                    row.getString("project_name"),
                    row.getString("configuration")))
            .one();
    return new BuildSpecification(
        BuildSpecification.VERSION,
        run.id(),
        phase.phase(),
        phase.id(),
        run.organizationName(),
        facts.projectName(),
        run.workspaceId().value(),
        facts.workspaceName(),
        runToken,
        run.options().terraformVersion(),
        facts.workingDirectory(),
        options(run.options()),
        secrets.variables(),
        run.options().structuredLog(),
        secrets.sshKey(),
        phases.secondsLeft(db, phase),
        objects(db, run, phase, facts.configuration()),
        versions.offer(db, run.options().terraformVersion()));
  }

  private static BuildSpecification.Options options(RunOptions options) {
    return new BuildSpecification.Options(
        options.destroy(),
        options.refresh(),
        options.refreshOnly(),
        options.planOnly(),
        options.debuggingMode(),
        options.allowConfigGeneration(),
        options.allowEmptyApply(),
        orNone(options.targets()),
        orNone(options.replacements()));
  }

  private BuildSpecification.Objects objects(
      Handle db, Run run, RunPhase phase, String configuration) {
    int attempt = phase.attempt();
    boolean isPlan = phase.phase() == Phase.PLAN;
    RunPhase plan = isPlan ? phase : phases.ofRun(db, run.key(), Phase.PLAN);
    String planKey = ObjectKeys.plan(plan.id(), plan.attempt());
    return new BuildSpecification.Objects(
        objects.read(configuration),
        currentState.path(db, run.workspaceKey()).orElse(null),
        isPlan ? objects.write(planKey, attempt) : objects.read(planKey),
        isPlan ? objects.write(ObjectKeys.planJson(plan.id(), attempt), attempt) : null,
        isPlan ? objects.write(ObjectKeys.planJsonRedacted(plan.id(), attempt), attempt) : null,
        isPlan ? objects.write(ObjectKeys.planSchemas(plan.id(), attempt), attempt) : null,
        isPlan ? null : objects.writeState(run.applyId().value(), attempt),
        isPlan ? null : objects.writeErroredState(run.applyId().value(), attempt),
        objects.appendLog(phase.id(), attempt));
  }

  private static List<String> orNone(@Nullable List<String> addresses) {
    return addresses == null ? List.of() : addresses;
  }
}
