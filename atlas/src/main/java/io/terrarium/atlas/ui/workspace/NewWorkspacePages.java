package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.project.Project;
import io.terrarium.core.project.ProjectFilter;
import io.terrarium.core.project.ProjectView;
import io.terrarium.core.project.Projects;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The ways to a new workspace: from a Git repository, from the command line, or by a name alone.
public final class NewWorkspacePages {
  private static final String NEW = "/app/:organization_name/workspaces/new";
  private static final String WAY = "way";
  private static final String PROJECT = "relationships.project";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Projects projects;
  private final ConnectionChoices connections;
  private final URI publicUrl;

  public NewWorkspacePages(
      Pages pages,
      Workspaces workspaces,
      Projects projects,
      ConnectionChoices connections,
      URI publicUrl) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.projects = projects;
    this.connections = connections;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
  }

  /// Where its configurations come from.
  public enum Way {
    NAME("By name"),
    GIT("From Git"),
    CLI("From the command line");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    static Way of(String wire) {
      return Arrays.stream(values())
          .filter(way -> way.wire().equals(wire))
          .findFirst()
          .orElse(NAME);
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
      return words;
    }
  }

  /// @param hostname by which terraform reaches the site
  /// @param projects in which the reader may make one
  public record View(
      String organization,
      String hostname,
      Way way,
      List<Project> projects,
      List<ConnectionChoices.Choice> connections,
      Form form,
      Problems problems) {}

  private Reply ask(Call call) {
    Map<String, String> texts = new HashMap<>();
    texts.put(WAY, call.query(WAY).orElse(""));
    texts.put(PROJECT, call.query("project").orElse(""));
    return page(call, 200, Form.showing(texts), Problems.NONE);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    String organization = call.path("organization_name");
    try {
      Visible made =
          workspaces.create(
              call.get(Principal.class),
              organization,
              WorkspaceRequests.changes(form.resource(), false),
              new Workspace.Origin("tfe-ui", null, null));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.workspace().id().value()));
      return pages.done(
          NamedWorkspace.path(made.workspace()),
          "The workspace " + made.workspace().settings().name() + " is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, form, Problems.of(invalid));
    }
  }

  private Reply page(Call call, int status, Form form, Problems problems) {
    Principal caller = call.get(Principal.class);
    String organization = call.path("organization_name");
    Way way = Way.of(form.text(WAY));
    ProjectFilter filter =
        new ProjectFilter(List.of(), "", Set.of(ProjectRight.CREATE_WORKSPACE), false);
    List<Project> open =
        Paged.all(page -> projects.list(caller, organization, filter, page)).stream()
            .map(ProjectView::project)
            .toList();
    if (open.isEmpty()) {
      throw new Fault.NotFound();
    }
    View view =
        new View(
            organization,
            publicUrl.getAuthority(),
            way,
            open,
            way == Way.GIT ? connections.of(caller, organization) : List.of(),
            form,
            problems);
    return pages.page(
        call,
        status,
        "New workspace",
        Place.within(
            organization,
            WorkspaceListPages.SECTION,
            new Crumb("Workspaces", "/app/" + organization + "/workspaces")),
        "workspace/new",
        view);
  }
}
