package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.readme.Readme;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.core.access.Principal;
import io.terrarium.core.registrymodule.ModuleContents;
import io.terrarium.core.registrymodule.ModuleVersion;
import io.terrarium.core.registrymodule.ModuleVersions;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModule.VersionStatus;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One module: what stands in a version of it, how it is used, and all its versions.
public final class ModulePages {
  private final Pages pages;
  private final RegistryModules modules;
  private final ModuleVersions versions;
  private final ModuleContents contents;
  private final URI publicUrl;

  public ModulePages(
      Pages pages,
      RegistryModules modules,
      ModuleVersions versions,
      ModuleContents contents,
      URI publicUrl) {
    this.pages = pages;
    this.modules = modules;
    this.versions = versions;
    this.contents = contents;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(ModuleRoutes.ONE, this::show);
    api.get(ModuleRoutes.VERSION, this::show);
  }

  /// @param isManaged whether the reader may change it
  /// @param versions the newest first
  /// @param shown absent where there is no version yet
  /// @param form of a new version
  public record View(
      RegistryModule module,
      boolean isManaged,
      List<VersionStatus> versions,
      Optional<Shown> shown,
      Form form,
      Problems problems) {
    public String path() {
      return ModuleRoutes.path(module);
    }

    /// Whether people say which commits of its branch become versions.
    public boolean isFromBranch() {
      return module.publishing() == RegistryModule.Publishing.BRANCH;
    }
  }

  /// A version that is looked at.
  ///
  /// @param isOutOfReach whether the registry, which alone knows more, does not answer
  /// @param part the module in it that is looked at, once it was read
  /// @param submodules the paths of those below it
  public record Shown(
      ModuleVersion version, boolean isOutOfReach, Optional<Part> part, List<String> submodules) {}

  /// A module within a version: the root, or one below `modules/`.
  ///
  /// @param snippet how a configuration uses it
  public record Part(ModuleContent content, Optional<Readme> readme, String snippet) {}

  private Reply show(Call call) {
    return page(call, 200, Form.showing(Map.of()), Problems.NONE);
  }

  /// @param form of a new version, as it was filled in
  Reply page(Call call, int status, Form form, Problems problems) {
    Principal caller = call.get(Principal.class);
    RegistryModules.Address address = ModuleRoutes.address(call);
    RegistryModules.Visible found = modules.find(caller, address);
    RegistryModule module = found.module();
    List<VersionStatus> all = ModuleStatuses.sorted(module);
    Optional<String> wanted =
        call.findPath("version")
            .or(() -> ModuleStatuses.latest(module))
            .or(() -> all.stream().findFirst().map(VersionStatus::version));
    Optional<Shown> shown =
        wanted.map(version ->
            shown(
                module,
                versions.find(caller, address, version),
                call.query("submodule").orElse("")));
    View view = new View(module, found.isManaged(), all, shown, form, problems);
    return pages.page(
        call,
        status,
        module.name(),
        ModuleRoutes.among(module.organizationName()),
        "registrymodule/show",
        view);
  }

  private Shown shown(RegistryModule module, ModuleVersions.Visible found, String path) {
    ModuleVersion version = found.version();
    return switch (contents.of(found)) {
      case ModuleContents.Read read ->
          new Shown(
              version,
              false,
              Optional.of(part(module, version, named(read, path))),
              read.submodules().stream().map(ModuleContent::path).toList());
      case ModuleContents.NotRead _ -> new Shown(version, false, Optional.empty(), List.of());
      case ModuleContents.OutOfReach _ -> new Shown(version, true, Optional.empty(), List.of());
    };
  }

  /// @param path "" for the root
  private static ModuleContent named(ModuleContents.Read read, String path) {
    return Stream.concat(Stream.of(read.root()), read.submodules().stream())
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow(Fault.NotFound::new);
  }

  private Part part(RegistryModule module, ModuleVersion version, ModuleContent content) {
    return new Part(
        content,
        Optional.ofNullable(content.readme()).map(Readme::of),
        Snippet.of(publicUrl.getAuthority(), module, version.version(), content));
  }
}
