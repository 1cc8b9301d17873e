package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Terraform's own configuration file for one build.
final class CliConfiguration {
  private CliConfiguration() {}

  static void write(Path file, EngineConfig config, String runToken) {
    StringBuilder text = new StringBuilder("disable_checkpoint = true\n");
    config
        .pluginCache()
        .ifPresent(cache ->
            text.append("plugin_cache_dir = ")
                .append(Hcl.quoted(cache.toString()))
                .append('\n')
                .append("plugin_cache_may_break_dependency_lock_file = true\n"));
    config.providerMirror().ifPresent(mirror -> text.append(installation(mirror)));
    String host = Hcl.quoted(config.publicHost());
    text.append(
        """
        host %1$s {
          services = {
            "tfe.v2" = "%2$s/api/v2/"
            "tfe.v2.1" = "%2$s/api/v2/"
            "tfe.v2.2" = "%2$s/api/v2/"
            "state.v2" = "%2$s/api/v2/"
            "modules.v1" = "%2$s/api/registry/v1/modules/"
            "providers.v1" = "%2$s/api/registry/v1/providers/"
          }
        }
        credentials %1$s {
          token = %3$s
        }
        """
            .formatted(host, config.router(), Hcl.quoted(runToken)));
    RunDirectory.writePrivate(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// What the mirror holds comes from it alone, the rest from its registry. Terraform would ask the
  /// registry for versions of both otherwise, and fail where there is no network.
  private static String installation(Path mirror) {
    String held =
        providers(mirror).stream().map(Hcl::quoted).collect(Collectors.joining(", ", "[", "]"));
    return """
    provider_installation {
      filesystem_mirror {
        path    = %1$s
        include = %2$s
      }
      direct {
        exclude = %2$s
      }
    }
    """
        .formatted(Hcl.quoted(mirror.toString()), held);
  }

  /// `HOST/NAMESPACE/TYPE` of each provider, as mirrors are laid out.
  private static List<String> providers(Path mirror) {
    try (Stream<Path> tree = Files.find(mirror, 3, (_, facts) -> facts.isDirectory())) {
      return tree.map(mirror::relativize)
          .filter(path -> path.getNameCount() == 3)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BuildFault("The provider mirror " + mirror + " cannot be read.", e);
    }
  }
}
