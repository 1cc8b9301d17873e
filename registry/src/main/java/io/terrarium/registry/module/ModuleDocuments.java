package io.terrarium.registry.module;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleContent.ModuleCall;
import io.terrarium.contracts.registry.ModuleContent.ProviderDependency;
import io.terrarium.registry.module.ServedStore.Needs;
import io.terrarium.registry.module.ServedStore.Served;
import io.terrarium.registry.version.SemanticVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The documents of the module protocol, as the public registry's API has them.
final class ModuleDocuments {
  /// Terraform takes a provider for one of these where a module does not say where it is from.
  private static final String USUAL_NAMESPACE = "hashicorp";

  private ModuleDocuments() {}

  record Versions(List<Module> modules) {}

  record Module(String source, List<Version> versions) {}

  record Version(String version, List<Part> submodules, Part root) {}

  record Part(String path, List<Dependency> providers, List<ModuleCall> dependencies) {}

  record Dependency(String name, String version) {}

  /// @param description always empty: Terraform's modules have none of their own
  record Listed(
      String id,
      String owner,
      String namespace,
      String name,
      String version,
      String provider,
      String description,
      String source,
      Instant publishedAt,
      long downloads,
      boolean verified) {}

  record Listing(Meta meta, List<Listed> modules) {}

  record Meta(int limit, int currentOffset) {}

  /// @param root of the version itself
  record Details(
      String id,
      String owner,
      String namespace,
      String name,
      String version,
      String provider,
      String description,
      String source,
      Instant publishedAt,
      long downloads,
      boolean verified,
      Content root,
      List<Content> submodules,
      List<String> providers,
      List<String> versions) {}

  record Content(
      String path,
      String name,
      String readme,
      boolean empty,
      List<ModuleContent.Input> inputs,
      List<ModuleContent.Output> outputs,
      List<ModuleCall> dependencies,
      List<ProviderNeed> providerDependencies,
      List<ResourceName> resources) {}

  record ProviderNeed(String name, String namespace, String source, String version) {}

  record ResourceName(String name, String type) {}

  static Versions versions(ModuleAddress module, Map<SemanticVersion, List<Needs>> versions) {
    List<Version> all =
        versions.entrySet().stream()
            .map(entry -> version(entry.getKey(), entry.getValue()))
            .toList();
    return new Versions(List.of(new Module(module.toString(), all)));
  }

  private static Version version(SemanticVersion version, List<Needs> needs) {
    List<Part> parts = needs.stream().map(ModuleDocuments::part).toList();
    return new Version(
        version.text(),
        parts.stream().filter(part -> !part.path().isEmpty()).toList(),
        parts.stream()
            .filter(part -> part.path().isEmpty())
            .findFirst()
            .orElse(new Part("", List.of(), List.of())));
  }

  private static Part part(Needs needs) {
    return new Part(
        needs.path(),
        needs.providers().stream()
            .map(need -> new Dependency(need.name(), orEmpty(need.version())))
            .toList(),
        needs.calls());
  }

  static Listed listed(Served served) {
    ModuleAddress module = served.address();
    return new Listed(
        module + "/" + served.version().text(),
        "",
        module.namespace().name(),
        module.name(),
        served.version().text(),
        module.provider(),
        "",
        served.source().orElse(""),
        served.publishedAt(),
        0,
        false);
  }

  static Details details(
      Served served, List<ModuleContent> contents, List<SemanticVersion> versions) {
    Listed listed = listed(served);
    List<Content> parts = contents.stream().map(part -> content(part, listed.name())).toList();
    return new Details(
        listed.id(),
        listed.owner(),
        listed.namespace(),
        listed.name(),
        listed.version(),
        listed.provider(),
        listed.description(),
        listed.source(),
        listed.publishedAt(),
        listed.downloads(),
        listed.verified(),
        parts.getFirst(),
        parts.subList(1, parts.size()),
        List.of(listed.provider()),
        versions.stream().map(SemanticVersion::text).toList());
  }

  private static Content content(ModuleContent part, String module) {
    return new Content(
        part.path(),
        part.path().isEmpty() ? module : part.path().substring(part.path().lastIndexOf('/') + 1),
        orEmpty(part.readme()),
        false,
        part.inputs(),
        part.outputs(),
        part.moduleCalls(),
        part.providerDependencies().stream().map(ModuleDocuments::need).toList(),
        part.resources().stream()
            .filter(resource -> resource.mode().equals("managed"))
            .map(resource -> new ResourceName(resource.name(), resource.type()))
            .toList());
  }

  private static ProviderNeed need(ProviderDependency dependency) {
    String source =
        dependency.source() == null
            ? USUAL_NAMESPACE + "/" + dependency.name()
            : dependency.source();
    List<String> parts = List.of(source.split("/", -1));
    String namespace = parts.size() > 1 ? parts.get(parts.size() - 2) : USUAL_NAMESPACE;
    return new ProviderNeed(dependency.name(), namespace, source, orEmpty(dependency.version()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
