package io.terrarium.atlas.ui.sshkey;

import io.terrarium.atlas.api.sshkey.SshKeysApi;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.sshkey.SshKey;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.Map;
import java.util.Set;

/// The SSH keys of an organization: which there are, a new one, another name, the end of one. What
/// a key is never comes back to a page.
public final class SshKeyPages {
  private static final String SECTION = "ssh-keys";
  private static final String LIST = "/app/:organization_name/settings/" + SECTION;
  private static final String ONE = LIST + "/:ssh_key_id";
  private static final String VALUE = "value";

  private final Pages pages;
  private final SshKeys keys;
  private final Organizations organizations;

  public SshKeyPages(Pages pages, SshKeys keys, Organizations organizations) {
    this.pages = pages;
    this.keys = keys;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.get(LIST + "/new", this::ask);
    api.post(LIST + "/new", this::create);
    api.get(ONE + "/edit", this::edit);
    api.post(ONE + "/edit", this::rename);
    api.post(ONE + "/delete", this::delete);
  }

  public record ListView(String path, Paged<SshKey> found) {}

  /// @param form without the key itself
  public record FormView(String back, boolean isNew, Form form, Problems problems) {}

  static String path(String organization) {
    return "/app/" + organization + "/settings/" + SECTION;
  }

  /// For those who look after its keys.
  private OrganizationView organization(Call call) {
    OrganizationView found =
        organizations.find(call.get(Principal.class), call.path("organization_name"));
    found.access().require(OrganizationRight.MANAGE_VCS_SETTINGS);
    return found;
  }

  private static String name(OrganizationView of) {
    return of.organization().name();
  }

  private SshKey one(Call call, OrganizationView of) {
    SshKey found = keys.find(call.get(Principal.class), call.path("ssh_key_id", SshKeyId::new));
    if (found.organizationKey() != of.access().key()) {
      throw new Fault.NotFound();
    }
    return found;
  }

  private Reply list(Call call) {
    String name = name(organization(call));
    ListView view =
        new ListView(path(name), keys.list(call.get(Principal.class), name, Page.of(call)));
    return pages.page(call, "SSH keys", Place.within(name, SECTION), "sshkey/list", view);
  }

  private Reply ask(Call call) {
    return page(call, 200, organization(call), true, Form.showing(Map.of()), Problems.NONE);
  }

  private Reply create(Call call) {
    OrganizationView of = organization(call);
    Form form = call.get(Form.class);
    try {
      SshKey made =
          keys.create(
              call.get(Principal.class),
              name(of),
              SshKeysApi.changes(form.resource(Set.of(VALUE))));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(path(name(of)), "The SSH key " + made.name() + " is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, of, true, form, Problems.of(invalid));
    }
  }

  private Reply edit(Call call) {
    OrganizationView of = organization(call);
    return page(
        call, 200, of, false, Form.showing(Map.of("name", one(call, of).name())), Problems.NONE);
  }

  private Reply rename(Call call) {
    OrganizationView of = organization(call);
    SshKey before = one(call, of);
    Form form = call.get(Form.class);
    try {
      keys.update(
          call.get(Principal.class),
          before.id(),
          SshKeysApi.changes(form.without(VALUE).resource()));
      return pages.done(path(name(of)), "The SSH key is renamed.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, of, false, form, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    OrganizationView of = organization(call);
    SshKey gone = one(call, of);
    keys.delete(call.get(Principal.class), gone.id());
    return pages.done(path(name(of)), "The SSH key " + gone.name() + " is deleted.");
  }

  private Reply page(
      Call call, int status, OrganizationView of, boolean isNew, Form form, Problems problems) {
    String back = path(name(of));
    return pages.page(
        call,
        status,
        isNew ? "Add an SSH key" : "Rename an SSH key",
        Place.within(name(of), SECTION, new Crumb("SSH keys", back)),
        "sshkey/edit",
        new FormView(back, isNew, form.without(VALUE), problems));
  }
}
