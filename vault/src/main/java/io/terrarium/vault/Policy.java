package io.terrarium.vault;

import java.util.List;
import java.util.Set;

/// What a token may do. There are two: `root`, and the one that the documents ask for where the
/// Vault is the user's own, so that the mesh is tried under it.
@SuppressWarnings("ImmutableEnumChecker") // the lists are made by List.of
enum Policy {
  ROOT("root", List.of()),
  TERRARIUM(
      "terrarium",
      List.of(
          new Grant("auth/token/lookup-self", Capability.READ),
          new Grant("auth/token/renew-self", Capability.CREATE, Capability.UPDATE),
          new Grant("auth/token/revoke-self", Capability.UPDATE),
          new Grant("transit/encrypt/atlas_*", Capability.CREATE, Capability.UPDATE),
          new Grant("transit/decrypt/atlas_*", Capability.UPDATE),
          new Grant("transit/rewrap/atlas_*", Capability.UPDATE),
          new Grant("transit/encrypt/archivist_*", Capability.CREATE, Capability.UPDATE),
          new Grant("transit/decrypt/archivist_*", Capability.UPDATE),
          new Grant("transit/datakey/plaintext/archivist_*", Capability.UPDATE)));

  private final String wire;
  private final List<Grant> grants;

  Policy(String wire, List<Grant> grants) {
    this.wire = wire;
    this.grants = grants;
  }

  /// What a request does to its path, in Vault's words.
  enum Capability {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    LIST
  }

  /// @param path of one thing, or of all whose paths begin with what stands before a `*`
  record Grant(String path, Set<Capability> capabilities) {
    Grant(String path, Capability... capabilities) {
      this(path, Set.of(capabilities));
    }

    boolean covers(String asked) {
      return path.endsWith("*")
          ? asked.startsWith(path.substring(0, path.length() - 1))
          : asked.equals(path);
    }
  }

  String wire() {
    return wire;
  }

  List<Grant> grants() {
    return grants;
  }

  /// @param path without `/v1/`
  boolean allows(String path, Capability capability) {
    return this == ROOT
        || grants.stream()
            .anyMatch(grant -> grant.covers(path) && grant.capabilities().contains(capability));
  }
}
