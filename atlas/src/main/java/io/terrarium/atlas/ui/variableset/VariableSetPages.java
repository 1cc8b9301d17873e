package io.terrarium.atlas.ui.variableset;

import io.terrarium.atlas.api.variableset.VariableSetRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.variableset.VariableSetFilter;
import io.terrarium.core.variableset.VariableSetScope;
import io.terrarium.core.variableset.VariableSets;
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
import java.util.Optional;
import java.util.Set;

/// The variable sets of an organization: which there are, new ones, what they are called.
public final class VariableSetPages {
  private static final String PARENT = "parent";

  private final Pages pages;
  private final VariableSets sets;
  private final Organizations organizations;
  private final Projects projects;

  public VariableSetPages(
      Pages pages, VariableSets sets, Organizations organizations, Projects projects) {
    this.pages = pages;
    this.sets = sets;
    this.organizations = organizations;
    this.projects = projects;
  }

  public void mount(Api api) {
    api.get(NamedSet.ALL, this::list);
    api.get(NamedSet.ALL + "/new", this::ask);
    api.post(NamedSet.ALL + "/new", this::create);
    api.get(NamedSet.ONE + "/edit", this::edit);
    api.post(NamedSet.ONE + "/edit", this::update);
    api.post(NamedSet.ONE + "/delete", this::delete);
  }

  /// @param isReadable whether the reader may see sets here at all
  public record ListView(
      String organization,
      boolean isReadable,
      boolean mayCreate,
      String search,
      Paged<VariableSet> found) {
    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }
  }

  /// @param back the page from which one comes
  /// @param isNew whether it is to be made
  /// @param isOfProject whether a project owns it, so that it cannot be global
  /// @param owners projects that may own a new one
  public record FormView(
      String back,
      boolean isNew,
      boolean isOfProject,
      List<Project> owners,
      Form form,
      Problems problems) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView in = organizations.find(caller, call.path("organization_name"));
    OrganizationAccess access = in.access();
    String name = in.organization().name();
    String search = call.query("search").orElse("").strip();
    VariableSetFilter filter =
        new VariableSetFilter(
            Optional.of(search).filter(text -> !text.isEmpty()), Optional.empty());
    boolean isReadable = access.allows(OrganizationRight.READ_VARIABLE_SETS);
    Page page = Page.of(call);
    Paged<VariableSet> found =
        isReadable
            ? sets.list(caller, name, VariableSetScope.OF_ORGANIZATION, filter, page)
                .map(VariableSet.Visible::set)
            : new Paged<>(List.of(), page, 0);
    return pages.page(
        call,
        "Variable sets",
        Place.within(name, NamedSet.SECTION),
        "variableset/list",
        new ListView(
            name,
            isReadable,
            access.allows(OrganizationRight.MANAGE_VARIABLE_SETS),
            search,
            found));
  }

  private Reply ask(Call call) {
    return newPage(call, 200, Form.showing(Map.of()), Problems.NONE);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    try {
      VariableSet made =
          sets.create(
                  call.get(Principal.class),
                  call.path("organization_name"),
                  form.find(PARENT).map(ProjectId::new),
                  VariableSetRequests.changes(form.resource()))
              .set();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          NamedSet.path(made), "The set is there. Add variables, and say what it reaches.");
    } catch (Fault.Invalid invalid) {
      return newPage(call, 422, form, Problems.of(invalid));
    }
  }

  private Reply newPage(Call call, int status, Form form, Problems problems) {
    Principal caller = call.get(Principal.class);
    OrganizationView in = organizations.find(caller, call.path("organization_name"));
    in.access().require(OrganizationRight.MANAGE_VARIABLE_SETS);
    String name = in.organization().name();
    ProjectFilter filter =
        new ProjectFilter(List.of(), "", Set.of(ProjectRight.MANAGE_VARIABLE_SETS), false);
    FormView view =
        new FormView(
            NamedSet.all(name),
            true,
            false,
            Paged.all(page -> projects.list(caller, name, filter, page)).stream()
                .map(ProjectView::project)
                .toList(),
            form,
            problems);
    return pages.page(
        call, status, "New variable set", NamedSet.above(name), "variableset/edit", view);
  }

  private Reply edit(Call call) {
    VariableSet found = NamedSet.changeable(sets, call);
    VariableSet.Settings settings = found.settings();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", settings.name());
    texts.put("description", settings.description());
    texts.put("global", Boolean.toString(settings.global()));
    texts.put("priority", Boolean.toString(settings.priority()));
    return editPage(call, 200, found, Form.showing(texts), Problems.NONE);
  }

  private Reply update(Call call) {
    VariableSet found = NamedSet.changeable(sets, call);
    Form form = call.get(Form.class);
    try {
      sets.update(
          call.get(Principal.class), found.id(), VariableSetRequests.changes(form.resource()));
      return pages.done(NamedSet.path(found), "The set is saved.");
    } catch (Fault.Invalid invalid) {
      return editPage(call, 422, found, form, Problems.of(invalid));
    }
  }

  private Reply editPage(Call call, int status, VariableSet found, Form form, Problems problems) {
    FormView view =
        new FormView(
            NamedSet.path(found),
            false,
            found.owner().projectId() != null,
            List.of(),
            form,
            problems);
    return pages.page(
        call, status, "Edit variable set", NamedSet.below(found), "variableset/edit", view);
  }

  private Reply delete(Call call) {
    VariableSet found = NamedSet.changeable(sets, call);
    sets.delete(call.get(Principal.class), found.id());
    return pages.done(
        NamedSet.all(found.owner().organizationName()),
        "The set " + found.settings().name() + " was deleted, with its variables.");
  }
}
