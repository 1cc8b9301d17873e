package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.variable.VariableSetGate;
import io.terrarium.kernel.Fault;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Who may see and change which sets, and what holds after a change.
public final class VariableSetAccess implements VariableSetGate {
  private final Access access;
  private final Clock clock;
  private final VariableSetStore store = new VariableSetStore();

  public VariableSetAccess(Access access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  /// By what may be done in the whole organization, or in the project that owns the set.
  VariableSet.Visible find(Handle db, Principal caller, VariableSetId id) {
    VariableSet set = store.find(db, id).orElseThrow(Fault.NotFound::new);
    OrganizationAccess in = access.organization(db, caller, set.owner().organizationKey());
    Set<ProjectRight> there = inProject(db, caller, Optional.ofNullable(set.owner().projectId()));
    boolean isChangeable =
        in.allows(OrganizationRight.MANAGE_VARIABLE_SETS)
            || there.contains(ProjectRight.MANAGE_VARIABLE_SETS);
    if (!isReadable(in, there)) {
      throw new Fault.NotFound();
    }
    return new VariableSet.Visible(set, isChangeable);
  }

  /// Who may change sets may read them.
  private static boolean isReadable(OrganizationAccess in, Set<ProjectRight> there) {
    return in.allows(OrganizationRight.READ_VARIABLE_SETS)
        || there.contains(ProjectRight.READ_VARIABLE_SETS);
  }

  VariableSet findChangeable(Handle db, Principal caller, VariableSetId id) {
    VariableSet.Visible found = find(db, caller, id);
    if (!found.isChangeable()) {
      throw new Fault.NotFound();
    }
    return found.set();
  }

  /// As it is once nobody else changes it any more.
  VariableSet findLocked(Handle db, Principal caller, VariableSetId id) {
    store.lock(db, findChangeable(db, caller, id).owner().organizationKey());
    return findChangeable(db, caller, id);
  }

  /// The organization in which the caller may make a set.
  ///
  /// @param parent the project that is to own it
  OrganizationAccess parentOfNew(
      Handle db, Principal caller, String organization, Optional<ProjectId> parent) {
    OrganizationAccess in = access.organization(db, caller, organization);
    return inProject(db, caller, parent).contains(ProjectRight.MANAGE_VARIABLE_SETS)
        ? in
        : in.require(OrganizationRight.MANAGE_VARIABLE_SETS);
  }

  private Set<ProjectRight> inProject(Handle db, Principal caller, Optional<ProjectId> project) {
    try {
      return project.map(id -> access.project(db, caller, id).rights()).orElse(Set.of());
    } catch (Fault.NotFound hidden) {
      return Set.of();
    }
  }

  @Override
  public long visible(Handle db, Principal caller, VariableSetId id) {
    return find(db, caller, id).set().key();
  }

  @Override
  public List<Long> visible(Handle db, Principal caller, List<VariableSetId> ids) {
    List<VariableSet> sets = store.findAll(db, ids);
    Map<Long, OrganizationAccess> organizations =
        access.organizations(
            db, caller, sets.stream().map(set -> set.owner().organizationKey()).toList());
    Map<Long, ProjectAccess> projects =
        access.projects(
            db, caller, sets.stream().flatMap(set -> projectKey(set).stream()).toList());
    return sets.stream()
        .filter(set -> {
          OrganizationAccess in = organizations.get(set.owner().organizationKey());
          Set<ProjectRight> there =
              projectKey(set).map(projects::get).map(ProjectAccess::rights).orElse(Set.of());
          return in != null && isReadable(in, there);
        })
        .map(VariableSet::key)
        .toList();
  }

  private static Optional<Long> projectKey(VariableSet set) {
    return Optional.ofNullable(set.owner().projectKey());
  }

  @Override
  public long writable(Handle db, Principal caller, VariableSetId id) {
    return findLocked(db, caller, id).key();
  }

  @Override
  public void written(Handle db, long key) {
    store.touch(db, key, clock.instant());
    store
        .rival(db, key)
        .ifPresent(rival -> {
          throw new Fault.Invalid(
              List.of(
                  new Fault.Problem(
                      "Global variable sets must not hold the same variable: "
                          + rival.key()
                          + " is in \""
                          + rival.setName()
                          + "\" already",
                      null)));
        });
  }
}
