package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.access.Principal;
import io.terrarium.core.registrymodule.ModuleDeletions;
import io.terrarium.core.registrymodule.ModuleVersions;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;

/// New versions of a module that comes from a branch; the end of a version, and of the module.
public final class ModuleChangePages {
  private final Pages pages;
  private final ModulePages shown;
  private final RegistryModules modules;
  private final ModuleVersions versions;
  private final ModuleDeletions deletions;

  /// @param shown where a form is shown again
  public ModuleChangePages(
      Pages pages,
      ModulePages shown,
      RegistryModules modules,
      ModuleVersions versions,
      ModuleDeletions deletions) {
    this.pages = pages;
    this.shown = shown;
    this.modules = modules;
    this.versions = versions;
    this.deletions = deletions;
  }

  public void mount(Api api) {
    api.post(ModuleRoutes.ONE + "/versions", this::addVersion);
    api.post(ModuleRoutes.ONE + "/delete", this::delete);
    api.post(ModuleRoutes.VERSION + "/delete", this::deleteVersion);
  }

  private Reply addVersion(Call call) {
    Form form = call.get(Form.class);
    RegistryModules.Address address = ModuleRoutes.address(call);
    Principal caller = call.get(Principal.class);
    String version = form.text("version");
    try {
      ModuleVersions.Visible made =
          versions.create(caller, address, version, form.text("commit-sha"));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.version().id().value()));
    } catch (Fault.Invalid invalid) {
      return shown.page(call, 422, form, Problems.of(invalid));
    }
    return pages.done(
        ModuleRoutes.path(modules.find(caller, address).module()) + "/" + version,
        "The version " + version + " is on its way.");
  }

  private Reply delete(Call call) {
    RegistryModule gone = deleted(call, Optional.empty());
    return pages.done(
        ModuleRoutes.list(gone.organizationName()),
        "The module " + gone.name() + " for " + gone.provider() + " is gone.");
  }

  private Reply deleteVersion(Call call) {
    String version = call.path("version");
    RegistryModule before = deleted(call, Optional.of(version));
    boolean isLast = before.versions().size() == 1;
    return pages.done(
        isLast ? ModuleRoutes.list(before.organizationName()) : ModuleRoutes.path(before),
        isLast
            ? "The version %s was the last: the module %s is gone."
                .formatted(version, before.name())
            : "The version %s of %s is gone.".formatted(version, before.name()));
  }

  /// What it was before.
  private RegistryModule deleted(Call call, Optional<String> version) {
    Principal caller = call.get(Principal.class);
    RegistryModules.Address address = ModuleRoutes.address(call);
    RegistryModule before = modules.find(caller, address).module();
    deletions.delete(
        caller,
        new ModuleDeletions.Deletion(
            address.organization(), address.name(), Optional.of(address.provider()), version));
    return before;
  }
}
