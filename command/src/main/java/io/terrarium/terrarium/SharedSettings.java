package io.terrarium.terrarium;

import io.terrarium.core.assembly.Core;
import io.terrarium.core.nodesettings.NodeSettings;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.settings.Env;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Compares what nodes share with the other nodes on the same database, for as long as this one is
/// there. The encryption password is the vault's to compare, with the data that it seals.
final class SharedSettings implements AutoCloseable {
  private final Parts parts = new Parts("shared settings");

  /// @throws io.terrarium.kernel.settings.SettingsFault with the keys that differ from another
  ///   node's
  void join(Map<String, String> environment) {
    Database database =
        parts.add(
            Database.open(
                DatabaseConfig.from(Env.of(environment), 1).withConnections(1),
                "node-settings",
                Core.SCHEMA,
                List.of()));
    parts.add(
        NodeSettings.join(
            database,
            environment.getOrDefault("TERRARIUM_NODE", ""),
            value(environment, SharedSetting.ENC_PASSWORD),
            digested(environment)));
  }

  private static Map<String, Secret> digested(Map<String, String> environment) {
    return Arrays.stream(SharedSetting.values())
        .filter(shared -> shared != SharedSetting.ENC_PASSWORD)
        .collect(Collectors.toMap(SharedSetting::key, shared -> value(environment, shared)));
  }

  private static Secret value(Map<String, String> environment, SharedSetting shared) {
    return new Secret(environment.getOrDefault(shared.variable(), ""));
  }

  @Override
  public void close() {
    parts.close();
  }
}
