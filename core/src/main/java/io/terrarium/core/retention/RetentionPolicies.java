package io.terrarium.core.retention;

import io.terrarium.contracts.id.RetentionPolicyId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.retention.RetentionStore.Holder;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/// The data retention policies of organizations and workspaces. A workspace without one has its
/// organization's; an organization without one keeps all.
public final class RetentionPolicies {
  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final RetentionStore store = new RetentionStore();

  public RetentionPolicies(Database database, Access access, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
  }

  /// What has a policy.
  public sealed interface Subject {
    record OfOrganization(String name) implements Subject {}

    record OfWorkspace(WorkspaceId id) implements Subject {}
  }

  /// Its own policy.
  ///
  /// @throws Fault.NotFound when it has none
  public RetentionPolicy find(Principal caller, Subject subject) {
    return database.read(
        db -> store.find(db, visible(db, caller, subject)).orElseThrow(Fault.NotFound::new));
  }

  /// Gives it a policy, or changes all that its policy says.
  public RetentionPolicy set(Principal caller, Subject subject, RetentionTerms terms) {
    return database.inTransaction(db -> {
      Holder holder = writable(db, caller, subject);
      store.lock(db, holder);
      if (!store.replace(db, holder, terms)) {
        RetentionPolicyId id = new RetentionPolicyId(ids.next(RetentionPolicyId.PREFIX));
        store.insert(db, holder, id, terms, clock.instant());
      }
      return store.find(db, holder).orElseThrow();
    });
  }

  public void delete(Principal caller, Subject subject) {
    database.useTransaction(db -> {
      if (!store.delete(db, writable(db, caller, subject))) {
        throw new Fault.NotFound();
      }
    });
  }

  private Holder visible(Handle db, Principal caller, Subject subject) {
    return holder(db, caller, subject, OrganizationRight.READ, WorkspaceRight.READ);
  }

  private Holder writable(Handle db, Principal caller, Subject subject) {
    return holder(db, caller, subject, OrganizationRight.UPDATE, WorkspaceRight.UPDATE_SETTINGS);
  }

  private Holder holder(
      Handle db,
      Principal caller,
      Subject subject,
      OrganizationRight inOrganization,
      WorkspaceRight inWorkspace) {
    return switch (subject) {
      case Subject.OfOrganization(String name) -> {
        OrganizationAccess found = access.organization(db, caller, name).require(inOrganization);
        yield new Holder(
            found.key(), null, new RetentionPolicy.Target("organizations", found.name()));
      }
      case Subject.OfWorkspace(WorkspaceId id) -> {
        WorkspaceAccess found = access.workspace(db, caller, id).require(inWorkspace);
        yield new Holder(null, found.key(), new RetentionPolicy.Target("workspaces", id.value()));
      }
    };
  }
}
