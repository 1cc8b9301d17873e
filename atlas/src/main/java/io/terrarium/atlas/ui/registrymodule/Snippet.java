package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.core.registrymodule.RegistryModule;
import java.util.List;
import java.util.regex.Pattern;

/// How a configuration uses a module, to be copied. People run what they copy, so nothing of the
/// module's files stands in it but names that are nothing else.
final class Snippet {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");

  private Snippet() {}

  /// @param hostname by which terraform reaches the site
  static String of(String hostname, RegistryModule module, String version, ModuleContent content) {
    String path = content.path().replaceAll("[^A-Za-z0-9_./-]", "_");
    String below = path.isEmpty() ? "" : "//" + path;
    return """
    module "%s" {
      source  = "%s/%s/%s/%s%s"
      version = "%s"
    %s}
    """
        .formatted(
            label(module.name()),
            hostname,
            module.organizationName(),
            module.name(),
            module.provider(),
            below,
            version,
            inputs(content));
  }

  /// Labels begin with no digit.
  private static String label(String name) {
    return NAME.matcher(name).matches() ? name : "_" + name;
  }

  private static String inputs(ModuleContent content) {
    List<String> required =
        content.inputs().stream()
            .filter(ModuleContent.Input::required)
            .map(ModuleContent.Input::name)
            .filter(name -> NAME.matcher(name).matches())
            .toList();
    return required.isEmpty()
        ? ""
        : "\n  # Give it the required inputs: " + String.join(", ", required) + "\n";
  }
}
