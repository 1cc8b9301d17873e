package io.terrarium.atlas.ui.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceChanges;
import io.terrarium.core.workspace.WorkspaceSettings;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The repository that a workspace follows, and which of its commits start runs.
public final class VersionControlPages {
  private static final String PAGE = "/settings/version-control";
  private static final JsonNode NO_REPOSITORY =
      JsonNodeFactory.instance
          .objectNode()
          .set("attributes", JsonNodeFactory.instance.objectNode().putNull("vcs-repo"));

  private final Pages pages;
  private final Workspaces workspaces;
  private final ConnectionChoices connections;
  private final ConfigurationVersions configurations;

  public VersionControlPages(
      Pages pages,
      Workspaces workspaces,
      ConnectionChoices connections,
      ConfigurationVersions configurations) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.connections = connections;
    this.configurations = configurations;
  }

  public void mount(Api api) {
    api.get(NamedWorkspace.ROUTE + PAGE, this::show);
    api.post(NamedWorkspace.ROUTE + PAGE, this::update);
    api.post(NamedWorkspace.ROUTE + "/disconnect", this::disconnect);
  }

  /// @param repository that it follows now
  public record View(
      SettingsFrame frame,
      @Nullable VcsRepo repository,
      Optional<Fetch> fetch,
      List<ConnectionChoices.Choice> connections,
      Form form,
      Problems problems) {
    /// Whether nobody but people can tell the host what to sign with.
    public boolean isToldByPeople() {
      return repository != null && repository.serviceProvider().equals(ServiceProvider.GIT.wire());
    }

    public boolean canConnect() {
      return repository != null || !connections.isEmpty();
    }
  }

  private Visible found(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    return found;
  }

  private Reply show(Call call) {
    Visible found = found(call);
    List<ConnectionChoices.Choice> choices =
        connections.of(call.get(Principal.class), found.workspace().owner().organizationName());
    return page(call, 200, found, filled(found.workspace(), choices), Problems.NONE);
  }

  private Reply update(Call call) {
    Visible found = found(call);
    Form form = call.get(Form.class);
    try {
      change(call, found, form.resource());
      return pages.done(
          NamedWorkspace.path(found.workspace()) + PAGE,
          "The workspace follows " + form.text("vcs-repo.identifier") + ".");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, form, Problems.of(invalid));
    }
  }

  private Reply disconnect(Call call) {
    Visible found = found(call);
    change(call, found, Incoming.within(NO_REPOSITORY, "/data"));
    return pages.done(
        NamedWorkspace.path(found.workspace()) + PAGE, "The workspace follows no repository.");
  }

  private void change(Call call, Visible found, Incoming wanted) {
    WorkspaceChanges changes = WorkspaceRequests.changes(wanted, false);
    workspaces.update(call.get(Principal.class), new Address.ById(found.workspace().id()), changes);
  }

  private static Form filled(Workspace workspace, List<ConnectionChoices.Choice> choices) {
    WorkspaceSettings settings = workspace.settings();
    Map<String, String> texts = new LinkedHashMap<>();
    VcsRepo repository = workspace.related().vcsRepo();
    if (repository == null && choices.size() == 1) {
      texts.put("vcs-repo.oauth-token-id", choices.getFirst().token().value());
    }
    if (repository != null) {
      String tags = repository.link().tagsRegex();
      texts.put("vcs-repo.oauth-token-id", repository.token().value());
      texts.put("vcs-repo.identifier", repository.identifier());
      texts.put("vcs-repo.branch", repository.link().branch());
      texts.put(
          "vcs-repo.ingress-submodules", Boolean.toString(repository.link().ingressSubmodules()));
      texts.put("vcs-repo.tags-regex", tags == null ? "" : tags);
    }
    texts.put("file-triggers-enabled", Boolean.toString(settings.fileTriggersEnabled()));
    texts.put("trigger-patterns[]", String.join("\n", settings.triggerPatterns()));
    texts.put("trigger-prefixes[]", String.join("\n", settings.triggerPrefixes()));
    texts.put("speculative-enabled", Boolean.toString(settings.speculativeEnabled()));
    texts.put("queue-all-runs", Boolean.toString(settings.queueAllRuns()));
    return Form.showing(texts);
  }

  private Reply page(Call call, int status, Visible found, Form form, Problems problems) {
    Workspace workspace = found.workspace();
    View view =
        new View(
            SettingsFrame.of(found, "version-control"),
            workspace.related().vcsRepo(),
            Fetch.of(found, configurations),
            connections.of(call.get(Principal.class), workspace.owner().organizationName()),
            form,
            problems);
    return pages.page(
        call,
        status,
        "Version control of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, WorkspaceSettingsPages.TAB),
        "workspace/versionControl",
        view);
  }
}
