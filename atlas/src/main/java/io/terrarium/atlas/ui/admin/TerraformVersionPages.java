package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.api.admin.TerraformVersionRequest;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.contracts.id.TerraformVersionId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.terraformversion.TerraformVersion;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which versions of Terraform there are, and who may use them.
public final class TerraformVersionPages {
  private static final String SECTION = "terraform-versions";
  private static final String LIST = AdminPlace.ROOT + SECTION;
  private static final String NEW = LIST + "/new";
  private static final String ONE = LIST + "/:terraform_version_id";

  private final Pages pages;
  private final TerraformVersions versions;

  public TerraformVersionPages(Pages pages, TerraformVersions versions) {
    this.pages = pages;
    this.versions = versions;
  }

  public void mount(Api api) {
    api.get(LIST, call -> list(call, 200, Problems.NONE));
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
    api.get(ONE, this::show);
    api.post(ONE + "/update", this::update);
    api.post(ONE + "/enable", call -> setEnabled(call, true));
    api.post(ONE + "/disable", call -> setEnabled(call, false));
    api.post(ONE + "/delete", this::delete);
  }

  public record ListView(Paged<TerraformVersion> found, String search, Problems problems) {
    public String query() {
      return AdminPlace.query(Map.of("search", search));
    }
  }

  /// @param action where the form is sent
  public record View(String title, String action, Form form, Problems problems) {}

  private Reply list(Call call, int status, Problems problems) {
    String search = AdminPlace.asked(call, "search");
    Paged<TerraformVersion> found =
        versions.list(
            call.get(Principal.class),
            Optional.empty(),
            AdminPlace.narrowed(search),
            Page.of(call));
    return pages.page(
        call,
        status,
        "Terraform versions",
        AdminPlace.of(SECTION),
        "admin/terraformVersions",
        new ListView(found, search, problems));
  }

  private Reply ask(Call call) {
    Access.requireSiteAdmin(call.get(Principal.class));
    return page(
        call, 200, "New version", NEW, Form.showing(Map.of("enabled", "true")), Problems.NONE);
  }

  private Reply create(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    Form form = call.get(Form.class);
    try {
      TerraformVersion made =
          versions.create(caller, TerraformVersionRequest.of(form.resource()).created());
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(LIST, "Terraform " + made.options().version() + " is added.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, "New version", NEW, form, Problems.of(invalid));
    }
  }

  private Reply show(Call call) {
    TerraformVersion found = versions.find(call.get(Principal.class), id(call));
    return page(
        call,
        200,
        "Terraform " + found.options().version(),
        LIST + "/" + found.id() + "/update",
        filled(found.options()),
        Problems.NONE);
  }

  private Reply update(Call call) {
    Principal caller = call.get(Principal.class);
    TerraformVersion before = versions.find(caller, id(call));
    String name = "Terraform " + before.options().version();
    Form form = call.get(Form.class);
    try {
      versions.update(caller, before.id(), TerraformVersionRequest.of(form.resource())::over);
    } catch (Fault.Invalid invalid) {
      return page(
          call, 422, name, LIST + "/" + before.id() + "/update", form, Problems.of(invalid));
    }
    return pages.done(LIST, name + " is changed.");
  }

  private Reply setEnabled(Call call, boolean isEnabled) {
    Form wanted = Form.showing(Map.of("enabled", Boolean.toString(isEnabled)));
    TerraformVersion changed =
        versions.update(
            call.get(Principal.class),
            id(call),
            TerraformVersionRequest.of(wanted.resource())::over);
    String version = changed.options().version();
    return pages.done(
        LIST,
        isEnabled
            ? "Workspaces may use Terraform " + version + " again."
            : "Workspaces may choose Terraform " + version + " no more.");
  }

  private Reply delete(Call call) {
    try {
      versions.delete(call.get(Principal.class), id(call));
    } catch (Fault.Invalid refused) {
      return list(call, 422, Problems.of(refused));
    }
    return pages.done(LIST, "The version is gone.");
  }

  private static Form filled(TerraformVersion.VersionOptions options) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("version", options.version());
    texts.put("url", Objects.toString(options.url(), ""));
    texts.put("sha", Objects.toString(options.sha(), ""));
    texts.put("enabled", Boolean.toString(options.enabled()));
    texts.put("beta", Boolean.toString(options.beta()));
    texts.put("official", Boolean.toString(options.official()));
    texts.put("deprecated", Boolean.toString(options.deprecated()));
    texts.put("deprecated-reason", Objects.toString(options.deprecatedReason(), ""));
    return Form.showing(texts);
  }

  private Reply page(
      Call call, int status, String title, String action, Form form, Problems problems) {
    return pages.page(
        call,
        status,
        title,
        AdminPlace.below(SECTION, "Terraform versions"),
        "admin/terraformVersion",
        new View(title, action, form, problems));
  }

  private static TerraformVersionId id(Call call) {
    return call.path("terraform_version_id", TerraformVersionId::new);
  }
}
