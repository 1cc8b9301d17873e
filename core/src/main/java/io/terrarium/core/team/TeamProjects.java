package io.terrarium.core.team;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamProjectId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// What teams may do in projects.
public final class TeamProjects {
  private final Database database;
  private final Access access;
  private final Ids ids;
  private final TeamProjectStore store = new TeamProjectStore();

  public TeamProjects(Database database, Access access, Ids ids) {
    this.database = database;
    this.access = access;
    this.ids = ids;
  }

  /// A level, and what is chosen with [TeamProject.Level#CUSTOM].
  public record Wish(TeamProject.Level access, UnaryOperator<ProjectPermissions> custom) {
    ProjectPermissions over(ProjectPermissions before) {
      ProjectPermissions chosen = custom.apply(access.permissions().orElse(before));
      access
          .permissions()
          .ifPresent(fixed -> {
            FixedLevel.check(access, "workspace-access/", fixed.workspaces(), chosen.workspaces());
            FixedLevel.check(access, "project-access/", fixed, chosen);
          });
      return chosen;
    }
  }

  public Paged<TeamProject> list(
      Principal caller, ProjectId project, Optional<TeamId> team, Page page) {
    return database.read(db -> {
      long key = access.project(db, caller, project).require(ProjectRight.READ_TEAMS).key();
      return store.list(db, key, team, page);
    });
  }

  public TeamProject find(Principal caller, TeamProjectId id) {
    return database.read(db -> found(db, caller, id, ProjectRight.READ_TEAMS));
  }

  public TeamProject create(Principal caller, TeamId team, ProjectId project, Wish wish) {
    return database.inTransaction(db -> {
      ProjectAccess in = access.project(db, caller, project).require(ProjectRight.MANAGE_TEAMS);
      TeamAccess who = GivenTeam.of(access, db, caller, team, in.organization().key());
      TeamProjectId id = new TeamProjectId(ids.next(TeamProjectId.PREFIX));
      ProjectPermissions permissions = wish.over(ProjectPermissions.LEAST);
      if (!store.insert(db, id, who.key(), in.key(), wish.access(), permissions)) {
        throw GivenTeam.problem("Team has access to the project already: change that one");
      }
      return store.find(db, id).orElseThrow();
    });
  }

  public TeamProject update(
      Principal caller,
      TeamProjectId id,
      Optional<TeamProject.Level> level,
      UnaryOperator<ProjectPermissions> custom) {
    return database.inTransaction(db -> {
      TeamProject before = found(db, caller, id, ProjectRight.MANAGE_TEAMS);
      Wish wish = new Wish(level.orElse(before.access()), custom);
      store.update(db, before.key(), wish.access(), wish.over(before.permissions()));
      return store.find(db, id).orElseThrow();
    });
  }

  public void delete(Principal caller, TeamProjectId id) {
    database.useTransaction(
        db -> store.delete(db, found(db, caller, id, ProjectRight.MANAGE_TEAMS).key()));
  }

  private TeamProject found(Handle db, Principal caller, TeamProjectId id, ProjectRight right) {
    TeamProject found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    access.project(db, caller, found.project()).require(right);
    return found;
  }
}
