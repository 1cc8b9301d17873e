package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.Optional;

/// Who may read which organization's private registry.
public final class RegistryReaders {
  private final Database database;
  private final Access access;

  public RegistryReaders(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  /// The organization of this name; empty where the caller may not read its registry, or there is
  /// none.
  public Optional<OrganizationId> organization(Principal caller, String name) {
    try {
      return database.read(db ->
          Optional.of(
              access.organization(db, caller, name).require(OrganizationRight.READ_REGISTRY).id()));
    } catch (Fault.NotFound hidden) {
      return Optional.empty();
    }
  }
}
