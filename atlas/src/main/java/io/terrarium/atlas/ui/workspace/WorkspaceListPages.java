package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceFilter;
import io.terrarium.core.workspace.WorkspaceFilter.Sort;
import io.terrarium.core.workspace.WorkspaceFilter.Tagged;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The workspaces of an organization, as a list that is searched and narrowed while one types.
public final class WorkspaceListPages {
  static final String SECTION = "workspaces";
  private static final String LIST = "/app/:organization_name/workspaces";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Neighbours neighbours;

  /// What rows tell besides.
  public record Neighbours(Organizations organizations, Projects projects, Runs runs) {}

  public WorkspaceListPages(Pages pages, Workspaces workspaces, Neighbours neighbours) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.neighbours = neighbours;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
  }

  /// What the list is narrowed to, as it was typed.
  public record Asked(String search, String tag, String status) {
    boolean isNarrow() {
      return !search.isEmpty() || !tag.isEmpty() || !status.isEmpty();
    }
  }

  /// @param run the current one, where there is one
  public record Row(Workspace workspace, String project, Optional<VisibleRun> run) {}

  /// @param mayCreate whether the reader may make one
  public record View(String organization, boolean mayCreate, Asked asked, Paged<Row> found) {
    /// What another page of the list is asked for with.
    public String query() {
      return "search="
          + encoded(asked.search())
          + "&tag="
          + encoded(asked.tag())
          + "&status="
          + encoded(asked.status());
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Whether there is none at all.
    public boolean isEmpty() {
      return found.totalCount() == 0 && !asked.isNarrow();
    }
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView organization =
        neighbours.organizations().find(caller, call.path("organization_name"));
    String name = organization.organization().name();
    Asked asked =
        new Asked(
            call.query("search").orElse("").strip(),
            call.query("tag").orElse("").strip(),
            call.query("status").orElse(""));
    Paged<Visible> found = workspaces.list(caller, name, filter(asked), Page.of(call));
    View view =
        new View(
            name,
            organization.access().allows(OrganizationRight.CREATE_WORKSPACE),
            asked,
            found.withItems(rows(caller, found.items())));
    return call.header("HX-Request").isPresent()
        ? pages.piece("workspace/rows", view)
        : pages.page(call, "Workspaces", Place.within(name, SECTION), "workspace/list", view);
  }

  private static WorkspaceFilter filter(Asked asked) {
    return new WorkspaceFilter(
        Optional.of(asked.search()).filter(text -> !text.isEmpty()),
        Optional.empty(),
        asked.tag().isEmpty() ? List.of() : List.of(asked.tag()),
        List.of(),
        Optional.empty(),
        StatusGroup.of(asked.status()).map(StatusGroup::statuses).orElse(List.of()),
        new Tagged(List.of(), false, false),
        Sort.NAME);
  }

  /// Two questions for all rows together.
  private List<Row> rows(Principal caller, List<Visible> found) {
    List<RunId> ids =
        found.stream()
            .map(visible -> visible.workspace().related().currentRun())
            .filter(Objects::nonNull)
            .toList();
    Map<RunId, VisibleRun> runs =
        neighbours.runs().findAll(caller, ids).stream()
            .collect(Collectors.toMap(visible -> visible.run().id(), Function.identity()));
    List<ProjectId> owners =
        found.stream().map(visible -> visible.workspace().owner().projectId()).distinct().toList();
    Map<ProjectId, String> projects = new HashMap<>();
    for (ProjectView project : neighbours.projects().findAll(caller, owners)) {
      projects.put(project.project().id(), project.project().name());
    }
    return found.stream()
        .map(Visible::workspace)
        .map(workspace ->
            new Row(
                workspace,
                projects.getOrDefault(workspace.owner().projectId(), ""),
                Optional.ofNullable(workspace.related().currentRun()).map(runs::get)))
        .toList();
  }
}
