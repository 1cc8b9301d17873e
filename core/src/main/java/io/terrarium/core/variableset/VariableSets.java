package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.variable.Variables;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes, shows, changes and deletes variable sets; what they are applied to is in
/// [VariableSetLinks].
public final class VariableSets {
  private static final VariableSet.Settings DEFAULTS =
      new VariableSet.Settings("", "", false, false);

  private final Database database;
  private final Access access;
  private final VariableSetAccess sets;
  private final VariableSetLinks links;
  private final Variables variables;
  private final Clock clock;
  private final Ids ids;
  private final VariableSetStore store = new VariableSetStore();
  private final VariableSetLinkStore places = new VariableSetLinkStore();

  /// What stands between a caller and the sets, and what holds the rest of them.
  public record Neighbours(
      Access access, VariableSetAccess sets, VariableSetLinks links, Variables variables) {}

  public VariableSets(Database database, Neighbours neighbours, Clock clock, Ids ids) {
    this.database = database;
    this.access = neighbours.access();
    this.sets = neighbours.sets();
    this.links = neighbours.links();
    this.variables = neighbours.variables();
    this.clock = clock;
    this.ids = ids;
  }

  /// @param scope of an organization
  public Paged<VariableSet.Visible> list(
      Principal caller,
      String organization,
      VariableSetScope scope,
      VariableSetFilter filter,
      Page page) {
    return database.read(db -> {
      OrganizationAccess in =
          access
              .organization(db, caller, organization)
              .require(OrganizationRight.READ_VARIABLE_SETS);
      return list(db, scope, in.key(), filter, page, isChangeable(in));
    });
  }

  /// @param scope of a project
  public Paged<VariableSet.Visible> list(
      Principal caller,
      ProjectId project,
      VariableSetScope scope,
      VariableSetFilter filter,
      Page page) {
    return database.read(db -> {
      VariableSetLinkStore.Place place =
          places.project(db, project).orElseThrow(Fault.NotFound::new);
      ProjectAccess in = access.project(db, caller, project);
      Paged<VariableSet> found;
      if (in.organization().allows(OrganizationRight.READ_VARIABLE_SETS)) {
        found = store.list(db, scope, place.projectKey(), filter, page);
      } else {
        in.require(ProjectRight.READ_VARIABLE_SETS);
        found = store.listOwned(db, scope, place.projectKey(), filter, page);
      }
      boolean isOwner = in.allows(ProjectRight.MANAGE_VARIABLE_SETS);
      return found.map(set ->
          new VariableSet.Visible(
              set,
              isChangeable(in.organization())
                  || (isOwner && project.equals(set.owner().projectId()))));
    });
  }

  /// @param scope of a workspace
  public Paged<VariableSet.Visible> list(
      Principal caller,
      WorkspaceId workspace,
      VariableSetScope scope,
      VariableSetFilter filter,
      Page page) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      long key = rights.require(WorkspaceRight.READ_VARIABLES).key();
      OrganizationAccess in = access.organization(db, caller, rights.organizationKey());
      Paged<VariableSet.Visible> found = list(db, scope, key, filter, page, isChangeable(in));
      return in.allows(OrganizationRight.READ_VARIABLE_SETS)
          ? found
          : found.map(one -> new VariableSet.Visible(one.set().within(workspace), false));
    });
  }

  private Paged<VariableSet.Visible> list(
      Handle db,
      VariableSetScope scope,
      long key,
      VariableSetFilter filter,
      Page page,
      boolean isChangeable) {
    return store
        .list(db, scope, key, filter, page)
        .map(set -> new VariableSet.Visible(set, isChangeable));
  }

  private static boolean isChangeable(OrganizationAccess in) {
    return in.allows(OrganizationRight.MANAGE_VARIABLE_SETS);
  }

  public VariableSet.Visible find(Principal caller, VariableSetId id) {
    return database.read(db -> sets.find(db, caller, id));
  }

  /// @param parent the project that is to own it; the organization itself where there is none
  public VariableSet.Visible create(
      Principal caller, String organization, Optional<ProjectId> parent, VariableSetChanges asked) {
    database.read(db -> sets.parentOfNew(db, caller, organization, parent));
    VariableSet.Settings settings = VariableSetRules.settled(DEFAULTS, asked, parent.isPresent());
    List<Variables.Prepared> prepared = prepared(asked);
    VariableSetId id = new VariableSetId(ids.next(VariableSetId.PREFIX));
    return database.inTransaction(db -> {
      OrganizationAccess in = sets.parentOfNew(db, caller, organization, parent);
      store.lock(db, in.key());
      @Nullable Long project = parent.map(named -> owningProject(db, in.key(), named)).orElse(null);
      if (!store.insert(db, id, in.key(), project, settings, clock.instant())) {
        throw nameIsTaken();
      }
      settle(db, store.find(db, id).orElseThrow(), asked, prepared);
      return new VariableSet.Visible(store.find(db, id).orElseThrow(), true);
    });
  }

  public VariableSet.Visible update(
      Principal caller, VariableSetId id, VariableSetChanges changes) {
    database.read(db -> sets.findChangeable(db, caller, id));
    List<Variables.Prepared> prepared = prepared(changes);
    return database.inTransaction(db -> {
      VariableSet set = sets.findLocked(db, caller, id);
      boolean isOfProject = set.owner().projectId() != null;
      VariableSet.Settings settings =
          VariableSetRules.settled(set.settings(), changes, isOfProject);
      if (!store.update(db, set.key(), settings, clock.instant())) {
        throw nameIsTaken();
      }
      settle(db, set, changes, prepared);
      return new VariableSet.Visible(store.find(db, id).orElseThrow(), true);
    });
  }

  public void delete(Principal caller, VariableSetId id) {
    database.useTransaction(db -> store.delete(db, sets.findLocked(db, caller, id).key()));
  }

  private List<Variables.Prepared> prepared(VariableSetChanges asked) {
    return variables.prepare(asked.variables(), at -> "/data/relationships/vars/data/" + at);
  }

  /// Brings what the row of the set does not hold to what was asked for.
  private void settle(
      Handle db, VariableSet set, VariableSetChanges asked, List<Variables.Prepared> prepared) {
    asked.workspaces().ifPresent(named -> links.replaceWorkspaces(db, set, named));
    asked.projects().ifPresent(named -> links.replaceProjects(db, set, named));
    variables.addToSet(db, set.key(), prepared);
    sets.written(db, set.key());
  }

  private long owningProject(Handle db, long organizationKey, ProjectId id) {
    return places
        .project(db, id)
        .filter(place -> place.organizationKey() == organizationKey)
        .map(VariableSetLinkStore.Place::projectKey)
        .orElseThrow(() ->
            new Fault.Invalid(
                List.of(
                    new Fault.Problem(
                        "Parent must be a project of the organization, or the organization",
                        "/data/relationships/parent"))));
  }

  private static Fault nameIsTaken() {
    return new Fault.Invalid("name", "Name has already been taken");
  }
}
