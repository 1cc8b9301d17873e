package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.session.Session;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// One workspace: how it comes about, and what it is now.
public final class WorkspacePages {
  private static final String NEW = "/app/:organization_name/workspaces/new";
  private static final String ONE = "/app/:organization_name/workspaces/:workspace_name";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Runs runs;
  private final URI publicUrl;

  public WorkspacePages(Pages pages, Workspaces workspaces, Runs runs, URI publicUrl) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.runs = runs;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
    api.get(ONE, this::show);
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

  public record NewView(
      String name, String description, boolean autoApply, Problems problems, String formToken) {}

  /// @param hostname by which terraform reaches the site
  /// @param latest the latest run, where the reader may see runs and there is one
  public record View(
      Workspace workspace, String hostname, boolean mayQueue, Optional<VisibleRun> latest) {}

  private Reply ask(Call call) {
    return form(call, 200, "", "", false, Problems.NONE);
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
      String name = made.workspace().settings().name();
      return pages.done(path(organization, name), "The workspace " + name + " is there.");
    } catch (Fault.Invalid invalid) {
      return form(
          call,
          422,
          form.text("name"),
          form.text("description"),
          form.resource().flag("auto-apply").over(false),
          Problems.of(invalid));
    }
  }

  private Reply form(
      Call call,
      int status,
      String name,
      String description,
      boolean autoApply,
      Problems problems) {
    String organization = call.path("organization_name");
    return pages.page(
        call,
        status,
        "New workspace",
        Place.within(
            organization,
            WorkspaceListPages.SECTION,
            new Crumb("Workspaces", "/app/" + organization + "/workspaces")),
        "workspace/new",
        new NewView(
            name, description, autoApply, problems, call.get(Session.class).formToken().value()));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    Visible found =
        workspaces.find(
            caller,
            new Address.ByName(call.path("organization_name"), call.path("workspace_name")));
    Workspace workspace = found.workspace();
    RunId latest = workspace.related().latestRun();
    View view =
        new View(
            workspace,
            publicUrl.getAuthority(),
            found.access().allows(WorkspaceRight.QUEUE_RUN),
            latest == null
                ? Optional.empty()
                : runs.findAll(caller, List.of(latest)).stream().findFirst());
    String name = workspace.settings().name();
    return pages.page(
        call,
        name,
        place(workspace.owner().organizationName(), name, "overview"),
        "workspace/show",
        view);
  }
}
