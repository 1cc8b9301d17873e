package io.terrarium.core.registrymodule;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleMetadata;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What stands in versions of modules, which the registry alone knows, for it has read them.
public final class ModuleContents {
  private static final Logger log = LoggerFactory.getLogger(ModuleContents.class);

  private final ServiceClient registry;

  public ModuleContents(ServiceClient registry) {
    this.registry = registry;
  }

  /// What is known of a version now.
  public sealed interface Contents {}

  /// @param submodules below `modules/`, in the order of their paths
  public record Read(ModuleContent root, List<ModuleContent> submodules) implements Contents {
    public Read {
      submodules = List.copyOf(submodules);
    }
  }

  /// The registry has not read it yet, or cannot.
  public record NotRead() implements Contents {}

  /// The registry does not answer.
  public record OutOfReach() implements Contents {}

  /// Those of a version that its caller sees.
  public Contents of(ModuleVersions.Visible seen) {
    ModuleVersion version = seen.version();
    if (version.status() != Status.OK) {
      return new NotRead();
    }
    String path = InternalApi.at(InternalApi.MODULE_VERSION, version.id().value());
    try {
      return registry
          .get(path, Map.of(), ModuleMetadata.class)
          .map(ModuleContents::contents)
          .orElseGet(NotRead::new);
    } catch (ServiceFault fault) {
      log.atWarn()
          .addKeyValue("module_version_id", version.id())
          .addKeyValue("reason", fault.summary())
          .log("the registry does not tell what stands in a version");
      return new OutOfReach();
    }
  }

  private static Contents contents(ModuleMetadata metadata) {
    ModuleContent root = metadata.root();
    return root == null ? new NotRead() : new Read(root, metadata.submodules());
  }
}
