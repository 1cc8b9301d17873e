package io.terrarium.atlas.ui.organization;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.core.organization.OrganizationFilter;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;

/// The organizations that somebody belongs to, and a new one.
public final class OrganizationPages {
  private static final String NEW = "/app/organizations/new";
  private static final Place ABOVE =
      Place.of(Area.NONE, "", new Crumb("Organizations", ReturnPath.HOME));

  private final Pages pages;
  private final Organizations organizations;

  public OrganizationPages(Pages pages, Organizations organizations) {
    this.pages = pages;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(ReturnPath.HOME, this::list);
    api.get("/app/organizations", this::list);
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
  }

  public record ListView(Paged<OrganizationView> found, String search) {}

  public record NewView(String name, String email, Problems problems, String formToken) {}

  private Reply list(Call call) {
    String search = call.query("search").orElse("").strip();
    Paged<OrganizationView> found =
        organizations.list(
            call.get(Principal.class), new OrganizationFilter(search, "", ""), Page.of(call));
    return pages.page(
        call, "Organizations", Place.NOWHERE, "organization/list", new ListView(found, search));
  }

  private Reply ask(Call call) {
    Session session = call.get(Session.class);
    return form(call, 200, "", session.email(), Problems.NONE);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    String name = form.text("name");
    String email = form.text("email");
    try {
      OrganizationView made =
          organizations.create(call.get(Principal.class), OrganizationOptions.initial(name, email));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.organization().name()));
      return pages.done(
          "/app/" + made.organization().name() + "/workspaces",
          "The organization " + made.organization().name() + " is there.");
    } catch (Fault.Invalid invalid) {
      return form(call, 422, name, email, Problems.of(invalid));
    }
  }

  private Reply form(Call call, int status, String name, String email, Problems problems) {
    String token = call.get(Session.class).formToken().value();
    return pages.page(
        call,
        status,
        "New organization",
        ABOVE,
        "organization/new",
        new NewView(name, email, problems, token));
  }
}
