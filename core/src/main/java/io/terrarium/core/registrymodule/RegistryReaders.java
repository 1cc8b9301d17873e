package io.terrarium.core.registrymodule;

import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;

/// Who may read which organization's private registry.
public final class RegistryReaders {
  private final Database database;
  private final Access access;

  public RegistryReaders(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  /// False where there is no such organization, too.
  public boolean mayRead(Principal caller, String organization) {
    try {
      return database.read(db ->
          access.organization(db, caller, organization).allows(OrganizationRight.READ_REGISTRY));
    } catch (Fault.NotFound hidden) {
      return false;
    }
  }
}
