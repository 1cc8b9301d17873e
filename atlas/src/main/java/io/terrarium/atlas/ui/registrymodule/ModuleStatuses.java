package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.core.registry.VersionOrder;
import io.terrarium.core.registrymodule.ModuleVersion;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModule.VersionStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How far modules and their versions are, in words and colours for people.
public final class ModuleStatuses {
  private static final String SERVED = ModuleVersion.Status.OK.wire();

  private ModuleStatuses() {}

  public static String words(RegistryModule.Status status) {
    return switch (status) {
      case PENDING -> "Pending";
      case NO_VERSION_TAGS -> "No version tags";
      case SETUP_FAILED -> "Setup failed";
      case SETUP_COMPLETE -> "Ready";
    };
  }

  public static String colour(RegistryModule.Status status) {
    return switch (status) {
      case PENDING -> "busy";
      case NO_VERSION_TAGS -> "wait";
      case SETUP_FAILED -> "bad";
      case SETUP_COMPLETE -> "good";
    };
  }

  /// @param wire status of a version
  public static String words(String wire) {
    return switch (status(wire)) {
      case PENDING -> "Waits for its upload";
      case CLONING -> "Being fetched";
      case CLONE_FAILED -> "Could not be fetched";
      case REG_INGRESS_REQ_FAILED -> "Refused by the registry";
      case REG_INGRESSING -> "Being read";
      case REG_INGRESS_FAILED -> "Could not be read";
      case OK -> "Available";
    };
  }

  /// @param wire status of a version
  public static String colour(String wire) {
    return switch (status(wire)) {
      case PENDING -> "wait";
      case CLONING, REG_INGRESSING -> "busy";
      case CLONE_FAILED, REG_INGRESS_REQ_FAILED, REG_INGRESS_FAILED -> "bad";
      case OK -> "good";
    };
  }

  /// The newest that clients get; empty where there is none yet.
  public static Optional<String> latest(RegistryModule module) {
    return VersionOrder.latest(
        module.versions().stream()
            .filter(version -> version.status().equals(SERVED))
            .map(VersionStatus::version)
            .toList());
  }

  /// Its versions, the newest first.
  static List<VersionStatus> sorted(RegistryModule module) {
    return module.versions().stream()
        .sorted(Comparator.comparing(VersionStatus::version, VersionOrder.NEWEST_FIRST))
        .toList();
  }

  private static ModuleVersion.Status status(String wire) {
    for (ModuleVersion.Status status : ModuleVersion.Status.values()) {
      if (status.wire().equals(wire)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status of a version: " + wire);
  }
}
