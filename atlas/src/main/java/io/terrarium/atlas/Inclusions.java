package io.terrarium.atlas;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.configurationversion.ConfigurationVersionsApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.atlas.api.run.PhasesApi;
import io.terrarium.atlas.api.run.RunHistoryApi;
import io.terrarium.atlas.api.run.RunsApi;
import io.terrarium.atlas.api.stateversion.StateVersionResource;
import io.terrarium.atlas.api.variable.VariableResource;
import io.terrarium.atlas.api.vcs.IngressAttributesApi;
import io.terrarium.atlas.api.workspace.WorkspacesApi;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.runtrigger.RunTrigger;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.workspace.Visible;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    StateVersionResource states,
    IngressAttributesApi ingress,
    PublicAddress address) {
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
            Renderer.toAll(
                visible -> List.of(visible.run().configurationVersionId()),
                configurations::resources),
            "configuration_version.ingress_attributes",
            Renderer.toAll(
                visible -> List.of(visible.run().configurationVersionId()), this::withIngress),
            "created_by",
            Renderer.toAll(
                visible -> Optional.ofNullable(visible.run().createdBy()).stream().toList(),
                accounts::resources),
            "run_events",
            (_, visible) -> history.events(visible),
            "comments",
            (_, visible) -> history.comments(visible)));
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
    return WorkspacesApi.resources(core.workspaces(), address, caller, ids);
  }

  /// Configurations with where they come from.
  List<Resource> withIngress(Principal caller, List<ConfigurationVersionId> ids) {
    return with(configurations.resources(caller, ids), ingress.resources(caller, ids));
  }

  Includes<VariableSet.Visible> ofVariableSets() {
    return new Includes<>(
        Set.of("vars", "workspaces", "projects", "stacks", "organization", "parent"),
        Map.of(
            "vars",
            Renderer.toAll(
                visible -> List.of(visible.set().id()),
                (caller, sets) ->
                    core.variables().variables().listOfSets(caller, sets).stream()
                        .map(VariableResource::of)
                        .toList()),
            "workspaces",
            Renderer.toAll(visible -> visible.set().related().workspaces(), this::workspaces),
            "projects",
            Renderer.toAll(visible -> visible.set().related().projects(), projects::resources),
            "organization",
            Renderer.to(
                visible -> Optional.of(visible.set().owner().organizationName()),
                (caller, name) -> List.of(organizations.resource(caller, name)))));
  }

  Includes<Visible> ofWorkspaces(RunsApi runs) {
    return new WorkspaceInclusions(this, runs).all();
  }

  Includes<StateVersion> ofStateVersions(RunsApi runs) {
    return new Includes<>(
        OF_STATE_VERSIONS,
        Map.of(
            "outputs",
            Renderer.toAll(
                version -> List.of(version.id()),
                (caller, ids) ->
                    core.stateVersions().outputsOf(caller, ids).stream()
                        .map(StateVersionResource::of)
                        .toList()),
            "created_by",
            Renderer.toAll(
                version -> Optional.ofNullable(version.createdBy()).stream().toList(),
                accounts::resources),
            "run",
            Renderer.toAll(Inclusions::run, runs::resources),
            "run.created_by",
            Renderer.toAll(
                Inclusions::run,
                (caller, ids) ->
                    with(
                        runs.resources(caller, ids),
                        accounts.resources(
                            caller,
                            found(caller, ids)
                                .flatMap(run -> Optional.ofNullable(run.createdBy()).stream())
                                .toList()))),
            "run.configuration_version",
            Renderer.toAll(
                Inclusions::run,
                (caller, ids) ->
                    with(
                        runs.resources(caller, ids),
                        configurations.resources(
                            caller,
                            found(caller, ids).map(Run::configurationVersionId).toList())))));
  }

  /// Those of `ids` that the caller may see.
  Stream<Run> found(Principal caller, List<RunId> ids) {
    return core.run().runs().findAll(caller, ids).stream().map(VisibleRun::run);
  }

  static List<Resource> with(List<Resource> some, List<Resource> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /// The run that has made a state, if one has.
  private static List<RunId> run(StateVersion version) {
    return Optional.ofNullable(version.runId()).stream().toList();
  }
}
