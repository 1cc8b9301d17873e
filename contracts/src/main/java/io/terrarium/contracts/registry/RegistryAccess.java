package io.terrarium.contracts.registry;

/// Who may read an organization's registry, as the registry asks atlas and is answered.
public final class RegistryAccess {
  public static final int VERSION = 1;

  private RegistryAccess() {}

  /// May the bearer of this token of the API read the registry of that organization?
  public record Question(int v, String token, String namespace) {}

  /// @param mayRead false where there is no such organization, too
  public record Answer(int v, boolean mayRead) {}
}
