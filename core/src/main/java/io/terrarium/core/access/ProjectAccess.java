package io.terrarium.core.access;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.kernel.Fault;
import java.util.Set;

/// A project that the caller may see, and what else they may do with it.
public record ProjectAccess(
    long key, ProjectId id, OrganizationAccess organization, Set<ProjectRight> rights) {
  public ProjectAccess {
    rights = Set.copyOf(rights);
  }

  public boolean allows(ProjectRight right) {
    return rights.contains(right);
  }

  /// @throws Fault.NotFound without the right, since the wire hides what is forbidden
  public ProjectAccess require(ProjectRight right) {
    if (!allows(right)) {
      throw new Fault.NotFound();
    }
    return this;
  }
}
