package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.kernel.Fault;
import java.util.Set;

/// A workspace that the caller may see, and what else they may do with it.
public record WorkspaceAccess(
    long key,
    WorkspaceId id,
    String name,
    long organizationKey,
    OrganizationId organizationId,
    String organizationName,
    Set<WorkspaceRight> rights) {
  public WorkspaceAccess {
    rights = Set.copyOf(rights);
  }

  public boolean allows(WorkspaceRight right) {
    return rights.contains(right);
  }

  /// @throws Fault.NotFound without the right, since the wire hides what is forbidden
  public WorkspaceAccess require(WorkspaceRight right) {
    if (!allows(right)) {
      throw new Fault.NotFound();
    }
    return this;
  }
}
