package io.terrarium.atlas.api.project;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.project.ProjectChanges;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.Projects;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Projects of an organization.
public final class ProjectsApi {
  private static final String OF_ORGANIZATION = "/api/v2/organizations/:organization_name/projects";
  private static final String ONE = "/api/v2/projects/:project_id";

  private final Projects projects;

  public ProjectsApi(Projects projects) {
    this.projects = projects;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.delete(ONE, this::delete);
  }

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            projects
                .list(
                    call.get(Principal.class),
                    call.path("organization_name"),
                    filter(call),
                    Page.of(call))
                .map(ProjectResource::of)));
  }

  private static ProjectFilter filter(Call call) {
    return new ProjectFilter(
        call.queryList("filter[names]"),
        call.query("q").orElse("").strip(),
        rights(call),
        isLastFirst(call.query("sort").orElse("")));
  }

  private static Set<ProjectRight> rights(Call call) {
    Set<ProjectRight> rights = EnumSet.noneOf(ProjectRight.class);
    if (isAsked(call, "filter[permissions][create-workspace]")) {
      rights.add(ProjectRight.CREATE_WORKSPACE);
    }
    if (isAsked(call, "filter[permissions][update]")) {
      rights.add(ProjectRight.UPDATE);
    }
    return rights;
  }

  /// That it is there is enough.
  private static boolean isAsked(Call call, String name) {
    return call.query(name).filter(value -> !value.equals("false")).isPresent();
  }

  private static boolean isLastFirst(String sort) {
    return switch (sort) {
      case "", "name" -> false;
      case "-name" -> true;
      default -> throw new Fault.BadRequest("Invalid sort parameter");
    };
  }

  private Reply create(Call call) {
    ProjectChanges asked = changes(call);
    return Reply.document(
        201,
        Document.of(
            ProjectResource.of(
                projects.create(
                    call.get(Principal.class), call.path("organization_name"), asked))));
  }

  private static ProjectChanges changes(Call call) {
    return ProjectRequests.changes(Incoming.of(call, ProjectResource.TYPE));
  }

  private Reply show(Call call) {
    return Reply.document(
        200,
        Document.of(
            ProjectResource.of(
                projects.find(
                    call.get(Principal.class), call.path("project_id", ProjectId::new)))));
  }

  /// For `include=project` of other resources and `include=default_project` of organizations.
  public List<Resource> resources(Principal caller, List<ProjectId> ids) {
    return projects.findAll(caller, ids).stream().map(ProjectResource::of).toList();
  }

  private Reply update(Call call) {
    ProjectChanges changes = changes(call);
    return Reply.document(
        200,
        Document.of(
            ProjectResource.of(
                projects.update(
                    call.get(Principal.class), call.path("project_id", ProjectId::new), changes))));
  }

  private Reply delete(Call call) {
    projects.delete(call.get(Principal.class), call.path("project_id", ProjectId::new));
    return Reply.noContent();
  }
}
