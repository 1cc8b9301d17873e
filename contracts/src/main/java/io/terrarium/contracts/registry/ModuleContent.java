package io.terrarium.contracts.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in one module of a version: the root, or one below `modules/`. The lists are in the
/// order of the files.
///
/// @param path within the version, "" for the root
/// @param readme its `README.md`, cut where it is too long; absent where there is none
/// @param requiredVersion constraints on Terraform itself
public record ModuleContent(
    String path,
    @Nullable String readme,
    @Nullable String requiredVersion,
    List<Input> inputs,
    List<Output> outputs,
    List<Resource> resources,
    List<ProviderDependency> providerDependencies,
    List<ModuleCall> moduleCalls) {
  public ModuleContent {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    resources = List.copyOf(resources);
    providerDependencies = List.copyOf(providerDependencies);
    moduleCalls = List.copyOf(moduleCalls);
  }

  /// A variable.
  ///
  /// @param type as it is written; absent where any is taken
  /// @param defaultValue as JSON, or as it is written where it is more than a literal; absent where
  ///   there is none
  public record Input(
      String name,
      @Nullable String type,
      @Nullable String description,
      @JsonProperty("default") @Nullable String defaultValue,
      boolean required,
      boolean sensitive) {}

  public record Output(String name, @Nullable String description, boolean sensitive) {}

  /// @param mode `managed`, `data` or `ephemeral`
  public record Resource(String mode, String type, String name) {}

  /// A provider that the module needs.
  ///
  /// @param name local to the module
  /// @param source address; absent where the module does not say it
  /// @param version constraints; absent where any will do
  public record ProviderDependency(
      String name, @Nullable String source, @Nullable String version) {}

  /// Another module that this one calls.
  ///
  /// @param version constraints; absent where any will do
  public record ModuleCall(String name, String source, @Nullable String version) {}
}
