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
import java.util.function.Function;
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
            Renderer.to(visible -> Optional.of(visible.run().workspaceId()), this::workspace),
            "plan",
            (caller, visible) -> List.of(phases.resource(caller, visible.run().planId().value())),
            "apply",
            (caller, visible) -> List.of(phases.resource(caller, visible.run().applyId().value())),
            "configuration_version",
            Renderer.to(
                visible -> Optional.of(visible.run().configurationVersionId()),
                (caller, id) -> List.of(configurations.resource(caller, id))),
            "created_by",
            Renderer.to(
                visible -> Optional.ofNullable(visible.run().createdBy()), accounts::resources),
            "run_events",
            (caller, visible) -> history.events(caller, visible.run().id()),
            "comments",
            (caller, visible) -> history.comments(caller, visible.run().id())));
  }

  Includes<RunTrigger> ofRunTriggers() {
    return new Includes<>(
        Set.of("workspace", "sourceable"),
        Map.of(
            "workspace",
            Renderer.to(trigger -> Optional.of(trigger.workspace().id()), this::workspace),
            "sourceable",
            Renderer.to(trigger -> Optional.of(trigger.source().id()), this::workspace)));
  }

  private List<Resource> workspace(Principal caller, WorkspaceId id) {
    return List.of(WorkspacesApi.resource(core.workspaces(), caller, id));
  }

  Includes<VariableSet.Visible> ofVariableSets() {
    return new Includes<>(
        Set.of("vars", "workspaces", "projects", "stacks", "organization", "parent"),
        Map.of(
            "vars",
            (caller, visible) ->
                core.variables().list(caller, new VariableOwner.OfSet(visible.set().id())).stream()
                    .map(VariableResource::of)
                    .toList(),
            "workspaces",
            (caller, visible) ->
                visible.set().related().workspaces().stream()
                    .map(id -> WorkspacesApi.resource(core.workspaces(), caller, id))
                    .toList(),
            "projects",
            (caller, visible) ->
                visible.set().related().projects().stream()
                    .map(id -> projects.resource(caller, id))
                    .toList(),
            "organization",
            (caller, visible) ->
                List.of(organizations.resource(caller, visible.set().owner().organizationName()))));
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
            (caller, visible) -> run(runs, caller, visible),
            "current_run.plan",
            (caller, visible) -> plan(runs, caller, visible),
            "current_state_version",
            this::state,
            "current-state-version",
            this::state,
            "outputs",
            this::outputs,
            "effective_tag_bindings",
            (caller, visible) ->
                WorkspaceTagsApi.effective(core.workspaceTags(), caller, visible.workspace().id()),
            "locked_by",
            (caller, visible) -> holder(runs, caller, visible.workspace().lock())));
  }

  Includes<StateVersion> ofStateVersions(RunsApi runs) {
    return new Includes<>(
        OF_STATE_VERSIONS,
        Map.of(
            "outputs",
            (caller, version) ->
                core.stateVersions().outputs(caller, version.id()).stream()
                    .map(StateVersionResource::of)
                    .toList(),
            "created_by",
            Renderer.to(version -> Optional.ofNullable(version.createdBy()), accounts::resources),
            "run",
            (caller, version) -> ofRun(caller, version, run -> List.of(runs.resource(run))),
            "run.created_by",
            (caller, version) ->
                ofRun(
                    caller,
                    version,
                    run ->
                        Stream.concat(
                                Stream.of(runs.resource(run)),
                                user(caller, run.run().createdBy()).stream())
                            .toList()),
            "run.configuration_version",
            (caller, version) ->
                ofRun(
                    caller,
                    version,
                    run ->
                        List.of(
                            runs.resource(run),
                            configurations.resource(caller, run.run().configurationVersionId())))));
  }

  /// What comes along with the run that has made a state, if one has.
  private List<Resource> ofRun(
      Principal caller, StateVersion version, Function<VisibleRun, List<Resource>> render) {
    RunId run = version.runId();
    return run == null ? List.of() : render.apply(core.run().runs().find(caller, run));
  }

  private List<Resource> user(Principal caller, @Nullable UserId id) {
    return id == null ? List.of() : accounts.resources(caller, id);
  }

  private List<Resource> run(RunsApi runs, Principal caller, Visible visible) {
    RunId current = visible.workspace().related().currentRun();
    return current == null || !visible.access().allows(WorkspaceRight.READ_RUNS)
        ? List.of()
        : List.of(runs.resource(core.run().runs().find(caller, current)));
  }

  private List<Resource> plan(RunsApi runs, Principal caller, Visible visible) {
    RunId current = visible.workspace().related().currentRun();
    if (current == null || !visible.access().allows(WorkspaceRight.READ_RUNS)) {
      return List.of();
    }
    VisibleRun run = core.run().runs().find(caller, current);
    return List.of(runs.resource(run), phases.resource(caller, run.run().planId().value()));
  }

  private List<Resource> state(Principal caller, Visible visible) {
    StateVersionId current = visible.workspace().related().currentStateVersion();
    return current == null || !visible.access().allows(WorkspaceRight.READ_STATE)
        ? List.of()
        : List.of(states.of(core.stateVersions().find(caller, current)));
  }

  private List<Resource> outputs(Principal caller, Visible visible) {
    return visible.workspace().related().currentStateVersion() == null
            || !visible.access().allows(WorkspaceRight.READ_STATE_OUTPUTS)
        ? List.of()
        : core.stateVersions().parsedOutputs(caller, visible.workspace().id()).stream()
            .map(StateVersionResource::ofWorkspace)
            .toList();
  }

  private List<Resource> holder(RunsApi runs, Principal caller, Workspace.@Nullable Lock lock) {
    if (lock == null) {
      return List.of();
    }
    return switch (lock.type()) {
      case "users" -> accounts.resources(caller, new UserId(lock.id()));
      case "runs" -> List.of(runs.resource(core.run().runs().find(caller, new RunId(lock.id()))));
      default -> List.of();
    };
  }
}
