package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.readme.Readme;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.project.Projects;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.stateversion.ResourceFilter;
import io.terrarium.core.stateversion.StateOutput;
import io.terrarium.core.stateversion.WorkspaceResource;
import io.terrarium.core.workspace.Tag;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One workspace as it is now: its latest run, what it manages, what it tells others, who holds it.
public final class WorkspacePages {
  private final Pages pages;
  private final Core core;
  private final LockHolders holders;
  private final Projects projects;
  private final URI publicUrl;

  public WorkspacePages(
      Pages pages, Core core, LockHolders holders, Projects projects, URI publicUrl) {
    this.pages = pages;
    this.core = core;
    this.holders = holders;
    this.projects = projects;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(NamedWorkspace.ROUTE, this::show);
  }

  /// The address of a workspace's page.
  public static String path(String organization, String workspace) {
    return "/app/" + organization + "/workspaces/" + workspace;
  }

  /// Where the pages of a workspace are.
  ///
  /// @param tab the word of the marked tab
  public static Place place(String organization, String workspace, String tab) {
    return Place.within(
            organization,
            WorkspaceListPages.SECTION,
            new Crumb("Workspaces", "/app/" + organization + "/workspaces"),
            new Crumb(workspace, path(organization, workspace)))
        .under(path(organization, workspace), tab);
  }

  /// @param hostname by which terraform reaches the site
  /// @param mayQueue whether the reader may start a run
  /// @param latest the latest run, where the reader may see runs and there is one
  /// @param fetch of the repository that it follows, where that has not come to an end that is good
  public record View(
      Workspace workspace,
      String hostname,
      boolean mayQueue,
      Optional<VisibleRun> latest,
      Optional<Fetch> fetch,
      Optional<LockHolder> holder,
      String project,
      List<Tag> tags,
      Content content,
      Optional<Readme> readme) {}

  /// What stands in the current state, as far as the reader may see it.
  ///
  /// @param search a part of the addresses that are asked for
  public record Content(
      String search, Optional<Paged<WorkspaceResource>> resources, List<StateOutput> outputs) {
    /// What this page of the resources is asked for with, but for its number.
    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }

    /// The number of this page.
    public int page() {
      return resources.map(found -> found.page().number()).orElse(1);
    }

    /// Whether there is anything to search in.
    public boolean isSearchable() {
      return !search.isEmpty() || resources.filter(found -> found.totalCount() > 0).isPresent();
    }
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    Visible found = NamedWorkspace.find(core.workspaces(), call);
    Workspace workspace = found.workspace();
    RunId latest = workspace.related().latestRun();
    View view =
        new View(
            workspace,
            publicUrl.getAuthority(),
            NamedWorkspace.offersRun(found),
            latest == null
                ? Optional.empty()
                : core.run().runs().findAll(caller, List.of(latest)).stream().findFirst(),
            Fetch.of(found, core.configurations()),
            holders.of(caller, workspace),
            project(caller, workspace.owner().projectId()),
            core.workspaceTags().list(caller, workspace.id()).stream().map(Tag.Bound::tag).toList(),
            content(call, found),
            readme(found));
    return pages.page(
        call,
        workspace.settings().name(),
        NamedWorkspace.place(workspace, "overview"),
        "workspace/show",
        view);
  }

  /// That of the newest configuration, if it has one.
  private Optional<Readme> readme(Visible found) {
    return core.readmes().ofWorkspaces(List.of(found.access())).stream()
        .findFirst()
        .map(readme -> Readme.of(readme.markdown()));
  }

  private String project(Principal caller, ProjectId id) {
    return projects.findAll(caller, List.of(id)).stream()
        .map(view -> view.project().name())
        .findFirst()
        .orElse("");
  }

  private Content content(Call call, Visible found) {
    Principal caller = call.get(Principal.class);
    Workspace workspace = found.workspace();
    String search = call.query("search").orElse("").strip();
    ResourceFilter filter =
        new ResourceFilter(
            Optional.of(search).filter(text -> !text.isEmpty()), ResourceFilter.Sort.ADDRESS);
    StateVersionId state = workspace.related().currentStateVersion();
    return new Content(
        search,
        found.access().allows(WorkspaceRight.READ_STATE)
            ? Optional.of(
                core.workspaceResources().list(caller, workspace.id(), filter, Page.of(call)))
            : Optional.empty(),
        state == null || !found.access().allows(WorkspaceRight.READ_STATE_OUTPUTS)
            ? List.of()
            : core.stateVersions().outputsOf(caller, List.of(state)));
  }
}
