package io.terrarium.atlas;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.atlas.api.run.RunsApi;
import io.terrarium.atlas.api.stateversion.StateVersionResource;
import io.terrarium.atlas.api.team.TeamsApi;
import io.terrarium.atlas.api.variable.VariableResource;
import io.terrarium.atlas.api.workspace.ReadmeResource;
import io.terrarium.atlas.api.workspace.WorkspaceTagsApi;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.Id;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.run.Run;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What may come along with workspaces: each relationship by questions whose number does not grow
/// with the list.
record WorkspaceInclusions(Inclusions common, RunsApi runs) {
  private static final Set<String> KNOWN =
      Set.of(
          "agent_pool",
          "organization",
          "project",
          "current_run",
          "current_run.apply",
          "current_run.plan",
          "current_run.configuration_version",
          "current_run.configuration_version.ingress_attributes",
          "latest_run",
          "latest_run.plan",
          "latest_run.configuration_version",
          "latest_run.configuration_version.ingress_attributes",
          "current_configuration_version",
          "current_configuration_version.ingress_attributes",
          "current_state_version",
          "current-state-version",
          "current_state_version.resources_processed",
          "current_assessment_result",
          "effective_tag_bindings",
          "locked_by",
          "no_code_module_version",
          "no_code_module_version.no_code_module",
          "no_code_module_version.no_code_module.latest_version",
          "outputs",
          "readme",
          "vars");

  Includes<Visible> all() {
    Map<String, Renderer<Visible>> renderers = new HashMap<>();
    // A list of workspaces is of one organization, so this is one question.
    renderers.put(
        "organization",
        Renderer.to(
            visible -> Optional.of(visible.workspace().owner().organizationName()),
            (caller, name) -> List.of(common.organizations().resource(caller, name))));
    renderers.put(
        "project",
        Renderer.toAll(
            visible -> List.of(visible.workspace().owner().projectId()),
            common.projects()::resources));
    addRuns(renderers, "current_run", Workspace.Related::currentRun);
    addRuns(renderers, "latest_run", Workspace.Related::latestRun);
    renderers.put(
        "current_configuration_version",
        Renderer.toAll(WorkspaceInclusions::configuration, common.configurations()::resources));
    renderers.put(
        "current_configuration_version.ingress_attributes",
        Renderer.toAll(WorkspaceInclusions::configuration, common::withIngress));
    for (String name : List.of("current_state_version", "current-state-version")) {
      renderers.put(name, Renderer.toAll(of(Workspace.Related::currentStateVersion), this::states));
    }
    renderers.put(
        "outputs", Renderer.toAll(of(Workspace.Related::currentStateVersion), this::outputs));
    renderers.put(
        "effective_tag_bindings",
        (_, visible) ->
            WorkspaceTagsApi.resources(common.core().workspaceTags().effective(visible)));
    renderers.put("vars", (_, visible) -> variables(visible));
    renderers.put("readme", (_, visible) -> readmes(visible));
    renderers.put("locked_by", this::holders);
    return new Includes<>(KNOWN, renderers);
  }

  private void addRuns(
      Map<String, Renderer<Visible>> renderers,
      String name,
      Function<Workspace.Related, @Nullable RunId> related) {
    Function<Visible, List<RunId>> run = of(related);
    renderers.put(name, Renderer.toAll(run, runs::resources));
    renderers.put(
        name + ".plan", withRuns(run, one -> one.planId().value(), common.phases()::resources));
    if (KNOWN.contains(name + ".apply")) {
      renderers.put(
          name + ".apply", withRuns(run, one -> one.applyId().value(), common.phases()::resources));
    }
    renderers.put(
        name + ".configuration_version",
        withRuns(run, Run::configurationVersionId, common.configurations()::resources));
    renderers.put(
        name + ".configuration_version.ingress_attributes",
        withRuns(run, Run::configurationVersionId, common::withIngress));
  }

  private <K> Renderer<Visible> withRuns(
      Function<Visible, List<RunId>> run,
      Function<Run, K> further,
      BiFunction<Principal, List<K>, List<Resource>> rendered) {
    return Renderer.toAll(
        run,
        (caller, ids) ->
            Inclusions.with(
                runs.resources(caller, ids),
                rendered.apply(caller, common.found(caller, ids).map(further).toList())));
  }

  /// What the relationship names, if anything; who may see it is asked when it is looked up.
  private static <I extends Id> Function<Visible, List<I>> of(
      Function<Workspace.Related, @Nullable I> related) {
    return visible ->
        Optional.ofNullable(related.apply(visible.workspace().related())).stream().toList();
  }

  private static List<ConfigurationVersionId> configuration(Visible visible) {
    return of(Workspace.Related::currentConfigurationVersion).apply(visible);
  }

  private List<Resource> states(Principal caller, List<StateVersionId> ids) {
    return common.core().stateVersions().findAll(caller, ids).stream()
        .map(common.states()::of)
        .toList();
  }

  private List<Resource> outputs(Principal caller, List<StateVersionId> ids) {
    return common.core().stateVersions().outputsOf(caller, ids).stream()
        .map(StateVersionResource::ofWorkspace)
        .toList();
  }

  private List<Resource> variables(List<Visible> visible) {
    return common
        .core()
        .variables()
        .variables()
        .ofWorkspaces(visible.stream().map(Visible::access).toList())
        .stream()
        .map(VariableResource::of)
        .toList();
  }

  private List<Resource> readmes(List<Visible> visible) {
    List<WorkspaceAccess> withReadme =
        visible.stream()
            .filter(one -> one.workspace().related().readme() != null)
            .map(Visible::access)
            .toList();
    return withReadme.isEmpty()
        ? List.of()
        : common.core().readmes().ofWorkspaces(withReadme).stream()
            .map(ReadmeResource::of)
            .toList();
  }

  private List<Resource> holders(Principal caller, List<Visible> visible) {
    List<Resource> runsAndPeople =
        Inclusions.with(
            runs.resources(caller, holders(visible, "runs", RunId::new)),
            common.accounts().resources(caller, holders(visible, "users", UserId::new)));
    return Inclusions.with(
        runsAndPeople,
        Renderer.<Visible, TeamId>to(
                one -> holders(List.of(one), "teams", TeamId::new).stream().findFirst(),
                (who, id) ->
                    List.of(TeamsApi.resource(common.core().teams().teams().find(who, id))))
            .of(caller, visible));
  }

  private static <I> List<I> holders(List<Visible> visible, String type, Function<String, I> id) {
    return visible.stream()
        .flatMap(one -> Optional.ofNullable(one.workspace().lock()).stream())
        .filter(lock -> lock.type().equals(type))
        .map(lock -> id.apply(lock.id()))
        .distinct()
        .toList();
  }
}
