package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.OrganizationId;
import org.jspecify.annotations.Nullable;

/// Who may read an organization's registry, as the registry asks atlas and is answered.
public final class RegistryAccess {
  public static final int VERSION = 2;

  private RegistryAccess() {}

  /// May the bearer of this token of the API read the registry of that organization?
  public record Question(int v, String token, String namespace) {}

  /// @param organizationId whose registry it is; absent where the bearer may not read it, or there
  ///   is no such organization
  public record Answer(int v, @Nullable OrganizationId organizationId) {}
}
