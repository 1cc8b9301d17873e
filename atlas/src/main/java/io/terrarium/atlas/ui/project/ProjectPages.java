package io.terrarium.atlas.ui.project;

import io.terrarium.atlas.api.project.ProjectRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The projects of an organization.
public final class ProjectPages {
  private static final String ALL = "/app/:organization_name/projects";
  private static final String ONE = ALL + "/:project_id";
  private static final String SECTION = "projects";
  private static final String MODE = "default-execution-mode";

  private final Pages pages;
  private final Projects projects;
  private final Organizations organizations;

  public ProjectPages(Pages pages, Projects projects, Organizations organizations) {
    this.pages = pages;
    this.projects = projects;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(ALL, this::list);
    api.get(ALL + "/new", this::ask);
    api.post(ALL + "/new", this::create);
    api.get(ONE + "/edit", this::edit);
    api.post(ONE + "/edit", this::update);
    api.post(ONE + "/delete", this::delete);
  }

  public record ListView(
      String organization, boolean mayCreate, String search, Paged<ProjectView> found) {
    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }

    public boolean mayUpdate(ProjectView one) {
      return one.access().allows(ProjectRight.UPDATE);
    }

    /// The default project stays, and so does one that has workspaces.
    public boolean mayDelete(ProjectView one) {
      return one.access().allows(ProjectRight.DESTROY)
          && !one.project().isDefault()
          && one.project().workspaceCount() == 0;
    }
  }

  public record FormView(String back, boolean isNew, Form form, Problems problems) {}

  private static String path(String organization) {
    return "/app/" + organization + "/projects";
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView in = organizations.find(caller, call.path("organization_name"));
    String name = in.organization().name();
    String search = call.query("search").orElse("").strip();
    ProjectFilter filter = new ProjectFilter(List.of(), search, Set.of(), false);
    ListView view =
        new ListView(
            name,
            in.access().allows(OrganizationRight.CREATE_PROJECT),
            search,
            projects.list(caller, name, filter, Page.of(call)));
    return pages.page(call, "Projects", Place.within(name, SECTION), "project/list", view);
  }

  private Reply ask(Call call) {
    organizations
        .find(call.get(Principal.class), call.path("organization_name"))
        .access()
        .require(OrganizationRight.CREATE_PROJECT);
    return page(call, 200, true, Form.showing(Map.of()), Problems.NONE);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    String organization = call.path("organization_name");
    try {
      Project made =
          projects
              .create(
                  call.get(Principal.class),
                  organization,
                  ProjectRequests.changes(settled(form).resource()))
              .project();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(path(organization), "The project " + made.name() + " is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, true, form, Problems.of(invalid));
    }
  }

  /// Nothing chosen is what the organization has.
  private static Form settled(Form form) {
    return form.text(MODE).isEmpty()
        ? form.without(MODE).with("setting-overwrites." + MODE, "false")
        : form;
  }

  /// For who may do that with it; a project is there below its own organization alone.
  private Project find(Call call, ProjectRight right) {
    ProjectView found =
        projects.find(call.get(Principal.class), call.path("project_id", ProjectId::new));
    if (!found.project().organizationName().equals(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    found.access().require(right);
    return found.project();
  }

  private Reply edit(Call call) {
    Project found = find(call, ProjectRight.UPDATE);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", found.name());
    texts.put("description", found.description());
    texts.put(MODE, found.hasOwnExecutionMode() ? found.executionMode() : "");
    return page(call, 200, false, Form.showing(texts), Problems.NONE);
  }

  private Reply update(Call call) {
    Project found = find(call, ProjectRight.UPDATE);
    Form form = call.get(Form.class);
    try {
      projects.update(
          call.get(Principal.class), found.id(), ProjectRequests.changes(settled(form).resource()));
      return pages.done(path(found.organizationName()), "The project is saved.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, false, form, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    Project found = find(call, ProjectRight.DESTROY);
    projects.delete(call.get(Principal.class), found.id());
    return pages.done(
        path(found.organizationName()), "The project " + found.name() + " was deleted.");
  }

  private Reply page(Call call, int status, boolean isNew, Form form, Problems problems) {
    String organization = call.path("organization_name");
    String back = path(organization);
    return pages.page(
        call,
        status,
        isNew ? "New project" : "Edit project",
        Place.within(organization, SECTION, new Crumb("Projects", back)),
        "project/edit",
        new FormView(back, isNew, form, problems));
  }
}
