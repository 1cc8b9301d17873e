package io.terrarium.buildworker.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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
    config
        .providerMirror()
        .ifPresent(mirror ->
            text.append(
                """
                provider_installation {
                  filesystem_mirror {
                    path = %s
                  }
                  direct {}
                }
                """
                    .formatted(Hcl.quoted(mirror.toString()))));
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
          }
        }
        credentials %1$s {
          token = %3$s
        }
        """
            .formatted(host, config.router(), Hcl.quoted(runToken)));
    RunDirectory.writePrivate(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
