package io.terrarium.core.variableset;

import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variable.VariableSetGate;
import io.terrarium.kernel.Fault;
import java.time.Clock;
import java.util.List;
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

  VariableSet.Visible find(Handle db, Principal caller, VariableSetId id, OrganizationRight right) {
    VariableSet set = store.find(db, id).orElseThrow(Fault.NotFound::new);
    OrganizationAccess in = access.organization(db, caller, set.owner().organizationKey());
    return new VariableSet.Visible(
        set, in.require(OrganizationRight.READ_VARIABLE_SETS).require(right));
  }

  /// As it is once nobody else changes it any more.
  VariableSet.Visible findLocked(Handle db, Principal caller, VariableSetId id) {
    OrganizationRight right = OrganizationRight.MANAGE_VARIABLE_SETS;
    store.lock(db, find(db, caller, id, right).set().owner().organizationKey());
    return find(db, caller, id, right);
  }

  @Override
  public long visible(Handle db, Principal caller, VariableSetId id) {
    return find(db, caller, id, OrganizationRight.READ_VARIABLE_SETS).set().key();
  }

  @Override
  public long writable(Handle db, Principal caller, VariableSetId id) {
    return findLocked(db, caller, id).set().key();
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
