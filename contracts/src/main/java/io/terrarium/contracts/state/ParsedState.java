package io.terrarium.contracts.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in a state file.
///
/// @param terraformVersion that wrote it
/// @param resourceCount managed resource instances
/// @param serial of the file itself
public record ParsedState(
    int v,
    String terraformVersion,
    int stateFormat,
    long serial,
    String lineage,
    int resourceCount,
    List<Resource> resources,
    List<Module> modules,
    List<Provider> providers,
    List<Output> outputs) {
  public static final int VERSION = 1;

  /// One managed or data resource, as the API's `resources` attribute and list show it.
  ///
  /// @param module address of its module, `root` for the root
  /// @param count its instances
  /// @param instances those of a managed resource; absent for others
  /// @param provider full source address, such as `registry.terraform.io/hashicorp/aws`
  public record Resource(
      String mode,
      String type,
      String name,
      String module,
      String provider,
      int count,
      @Nullable List<Instance> instances) {}

  /// One instance of a resource.
  ///
  /// @param index its number or its key; absent where it is the only one
  /// @param digest changes with the instance
  public record Instance(@Nullable JsonNode index, long digest) {
    /// JSON's null is a node to its reader.
    public Instance {
      index = index == null || index.isNull() ? null : index;
    }
  }

  /// Resource types and their counts in one module, `root` for the root.
  public record Module(String name, List<TypeCount> types) {}

  /// Resource types and their counts of one provider.
  public record Provider(String name, List<TypeCount> types) {}

  public record TypeCount(String type, int count) {}

  /// An output of the root module.
  ///
  /// @param type the API's short name: string, number, bool, array, map, null
  /// @param detailedType Terraform's own type, as JSON: `"string"`, `["list","string"]`, …
  public record Output(
      String name, boolean sensitive, String type, JsonNode detailedType, JsonNode value) {}
}
