package io.terrarium.atlas;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.configurationversion.ConfigurationVersionsApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.atlas.api.run.PhasesApi;
import io.terrarium.atlas.api.run.RunHistoryApi;
import io.terrarium.atlas.api.run.RunsApi;
import io.terrarium.atlas.api.stateversion.StateVersionResource;
import io.terrarium.atlas.api.variable.VariableResource;
import io.terrarium.atlas.api.workspace.WorkspaceTagsApi;
import io.terrarium.atlas.api.workspace.WorkspacesApi;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.runtrigger.RunTrigger;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which resources may come along with which, in one place, since they point at each other.
///
/// The names are those of the API's documentation, with those that nothing can stand behind here
/// yet, such as `cost_estimate`: they are allowed, and add nothing, as on an installation that does
/// not use them.
record Inclusions(
    Core core,
    AccountApi accounts,
    OrganizationsApi organizations,
    ProjectsApi projects,
    ConfigurationVersionsApi configurations,
    PhasesApi phases,
    RunHistoryApi history,
    StateVersionResource states) {
  private static final Set<String> OF_RUNS =
      Set.of(
          "plan",
          "apply",
          "created_by",
          "cost_estimate",
          "configuration_version",
          "configuration_version.ingress_attributes",
          "workspace",
          "task_stages",
          "comments",
          "run_events");

  private static final Set<String> OF_WORKSPACES =
      Set.of(
          "organization",
          "project",
          "current_run",
          "current_run.plan",
          "current_run.configuration_version",
          "current_run.configuration_version.ingress_attributes",
          "current_configuration_version",
          "current_configuration_version.ingress_attributes",
          "current_state_version",
          "current-state-version",
          "current_assessment_result",
          "effective_tag_bindings",
          "locked_by",
          "outputs",
          "readme");

  private static final Set<String> OF_STATE_VERSIONS =
      Set.of("outputs", "run", "run.created_by", "run.configuration_version", "created_by");

  Includes<VisibleRun> ofRuns() {
    return new Includes<>(
        OF_RUNS,
        Map.of(
            "workspace",
            Renderer.toAll(visible -> List.of(visible.run().workspaceId()), this::workspaces),
            "plan",
            Renderer.toAll(visible -> List.of(visible.run().planId().value()), phases::resources),
            "apply",
            Renderer.toAll(visible -> List.of(visible.run().applyId().value()), phases::resources),
            "configuration_version",
            Renderer.to(
                visible -> Optional.of(visible.run().configurationVersionId()),
                (caller, id) -> List.of(configurations.resource(caller, id))),
            "created_by",
            Renderer.to(
                visible -> Optional.ofNullable(visible.run().createdBy()), accounts::resources),
            "run_events",
            Renderer.each((caller, visible) -> history.events(caller, visible.run().id())),
            "comments",
            Renderer.each((caller, visible) -> history.comments(caller, visible.run().id()))));
  }

  Includes<RunTrigger> ofRunTriggers() {
    return new Includes<>(
        Set.of("workspace", "sourceable"),
        Map.of(
            "workspace",
            Renderer.toAll(trigger -> List.of(trigger.workspace().id()), this::workspaces),
            "sourceable",
            Renderer.toAll(trigger -> List.of(trigger.source().id()), this::workspaces)));
  }

  private List<Resource> workspaces(Principal caller, List<WorkspaceId> ids) {
    return WorkspacesApi.resources(core.workspaces(), caller, ids);
  }

  Includes<VariableSet.Visible> ofVariableSets() {
    return new Includes<>(
        Set.of("vars", "workspaces", "projects", "stacks", "organization", "parent"),
        Map.of(
            "vars",
            Renderer.each((caller, visible) ->
                core.variables().list(caller, new VariableOwner.OfSet(visible.set().id())).stream()
                    .map(VariableResource::of)
                    .toList()),
            "workspaces",
            Renderer.toAll(visible -> visible.set().related().workspaces(), this::workspaces),
            "projects",
            Renderer.each((caller, visible) ->
                visible.set().related().projects().stream()
                    .map(id -> projects.resource(caller, id))
                    .toList()),
            "organization",
            Renderer.to(
                visible -> Optional.of(visible.set().owner().organizationName()),
                (caller, name) -> List.of(organizations.resource(caller, name)))));
  }

  Includes<Visible> ofWorkspaces(RunsApi runs) {
    return new Includes<>(
        OF_WORKSPACES,
        Map.of(
            "organization",
            Renderer.to(
                visible -> Optional.of(visible.workspace().owner().organizationName()),
                (caller, name) -> List.of(organizations.resource(caller, name))),
            "project",
            Renderer.to(
                visible -> Optional.of(visible.workspace().owner().projectId()),
                (caller, id) -> List.of(projects.resource(caller, id))),
            "current_run",
            Renderer.toAll(Inclusions::currentRun, runs::resources),
            "current_run.plan",
            Renderer.toAll(Inclusions::currentRun, (caller, ids) -> withPlans(runs, caller, ids)),
            "current_state_version",
            Renderer.toAll(Inclusions::currentState, this::states),
            "current-state-version",
            Renderer.toAll(Inclusions::currentState, this::states),
            "outputs",
            Renderer.each(this::outputs),
            "effective_tag_bindings",
            Renderer.each((caller, visible) ->
                WorkspaceTagsApi.effective(core.workspaceTags(), caller, visible.workspace().id())),
            "locked_by",
            Renderer.to(
                visible -> Optional.ofNullable(visible.workspace().lock()),
                (caller, lock) -> holder(runs, caller, lock))));
  }

  Includes<StateVersion> ofStateVersions(RunsApi runs) {
    return new Includes<>(
        OF_STATE_VERSIONS,
        Map.of(
            "outputs",
            Renderer.each((caller, version) ->
                core.stateVersions().outputs(caller, version.id()).stream()
                    .map(StateVersionResource::of)
                    .toList()),
            "created_by",
            Renderer.to(version -> Optional.ofNullable(version.createdBy()), accounts::resources),
            "run",
            Renderer.toAll(Inclusions::run, runs::resources),
            "run.created_by",
            Renderer.to(
                version -> Optional.ofNullable(version.runId()),
                (caller, id) -> {
                  VisibleRun run = core.run().runs().find(caller, id);
                  return Stream.concat(
                          Stream.of(runs.resource(run)),
                          user(caller, run.run().createdBy()).stream())
                      .toList();
                }),
            "run.configuration_version",
            Renderer.to(
                version -> Optional.ofNullable(version.runId()),
                (caller, id) -> {
                  VisibleRun run = core.run().runs().find(caller, id);
                  return List.of(
                      runs.resource(run),
                      configurations.resource(caller, run.run().configurationVersionId()));
                })));
  }

  /// The run that has made a state, if one has.
  private static List<RunId> run(StateVersion version) {
    return Optional.ofNullable(version.runId()).stream().toList();
  }

  private List<Resource> user(Principal caller, @Nullable UserId id) {
    return id == null ? List.of() : accounts.resources(caller, id);
  }

  private static List<RunId> currentRun(Visible visible) {
    return visible.access().allows(WorkspaceRight.READ_RUNS)
        ? Optional.ofNullable(visible.workspace().related().currentRun()).stream().toList()
        : List.of();
  }

  private List<Resource> withPlans(RunsApi runs, Principal caller, List<RunId> ids) {
    List<String> plans =
        core.run().runs().findAll(caller, ids).stream()
            .map(visible -> visible.run().planId().value())
            .toList();
    return Stream.concat(
            runs.resources(caller, ids).stream(), phases.resources(caller, plans).stream())
        .toList();
  }

  private static List<StateVersionId> currentState(Visible visible) {
    return visible.access().allows(WorkspaceRight.READ_STATE)
        ? Optional.ofNullable(visible.workspace().related().currentStateVersion()).stream().toList()
        : List.of();
  }

  private List<Resource> states(Principal caller, List<StateVersionId> ids) {
    return core.stateVersions().findAll(caller, ids).stream().map(states::of).toList();
  }

  private List<Resource> outputs(Principal caller, Visible visible) {
    return visible.workspace().related().currentStateVersion() == null
            || !visible.access().allows(WorkspaceRight.READ_STATE_OUTPUTS)
        ? List.of()
        : core.stateVersions().parsedOutputs(caller, visible.workspace().id()).stream()
            .map(StateVersionResource::ofWorkspace)
            .toList();
  }

  private List<Resource> holder(RunsApi runs, Principal caller, Workspace.Lock lock) {
    return switch (lock.type()) {
      case "users" -> accounts.resources(caller, new UserId(lock.id()));
      case "runs" -> List.of(runs.resource(core.run().runs().find(caller, new RunId(lock.id()))));
      default -> List.of();
    };
  }
}
