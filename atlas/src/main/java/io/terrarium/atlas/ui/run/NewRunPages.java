package io.terrarium.atlas.ui.run;

import io.terrarium.atlas.api.run.RunRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.run.NewRun;
import io.terrarium.core.run.Runs;
import io.terrarium.core.workspace.ExecutionMode;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Starts a run; where the workspace cannot have one yet, says what it lacks.
public final class NewRunPages {
  private static final String NEW = NamedWorkspace.ROUTE + "/runs/new";
  private static final String KIND = "operation";

  private final Pages pages;
  private final Workspaces workspaces;
  private final Runs runs;
  private final ConfigurationVersions configurations;
  private final URI publicUrl;

  public NewRunPages(
      Pages pages,
      Workspaces workspaces,
      Runs runs,
      ConfigurationVersions configurations,
      URI publicUrl) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.runs = runs;
    this.configurations = configurations;
    this.publicUrl = publicUrl;
  }

  /// Before the page of one run, as `new` is no run's id.
  public void mount(Api api) {
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
  }

  /// Whether the workspace can have a run now.
  public enum Readiness {
    READY,
    /// Terraform runs on people's own machines.
    ELSEWHERE,
    WITHOUT_CONFIGURATION
  }

  /// @param hostname by which terraform reaches the site
  /// @param mayConnect whether the reader may have the workspace follow a repository
  public record View(
      Workspace workspace,
      String path,
      String hostname,
      boolean mayConnect,
      Readiness readiness,
      Form form,
      Problems problems) {
    public List<RunKind> kinds() {
      return RunKind.offered(workspace.settings().allowDestroyPlan());
    }

    public RunKind chosen() {
      return RunKind.of(form.text(KIND));
    }
  }

  private Reply ask(Call call) {
    Form form = Form.showing(Map.of(KIND, call.query(KIND).orElse("")));
    return page(call, 200, found(call), form, Problems.NONE);
  }

  private Visible found(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.QUEUE_RUN);
    return found;
  }

  private Reply create(Call call) {
    Visible found = found(call);
    Form form = call.get(Form.class);
    try {
      NewRun asked =
          RunRequests.create(settled(form).resource(), found.workspace().id(), "tfe-ui", false);
      RunId made = runs.create(call.get(Principal.class), asked).run().id();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.value()));
      return pages.done(
          NamedWorkspace.path(found.workspace()) + "/runs/" + made.value(), "The run is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, form, Problems.of(invalid));
    }
  }

  private static Form settled(Form form) {
    String attribute = RunKind.of(form.text(KIND)).attribute();
    Form told = attribute.isEmpty() ? form : form.with(attribute, "true");
    return told.text("message").isEmpty() ? told.with("message", "Triggered via UI") : told;
  }

  private Reply page(Call call, int status, Visible found, Form form, Problems problems) {
    Workspace workspace = found.workspace();
    View view =
        new View(
            workspace,
            NamedWorkspace.path(workspace),
            publicUrl.getAuthority(),
            found.access().allows(WorkspaceRight.UPDATE_SETTINGS),
            readiness(call, workspace),
            form,
            problems);
    return pages.page(
        call, status, "New run", NamedWorkspace.place(workspace, "runs"), "run/new", view);
  }

  private Readiness readiness(Call call, Workspace workspace) {
    if (workspace.executionMode() != ExecutionMode.REMOTE) {
      return Readiness.ELSEWHERE;
    }
    return configurations.isThereForRun(call.get(Principal.class), workspace.id())
        ? Readiness.READY
        : Readiness.WITHOUT_CONFIGURATION;
  }
}
