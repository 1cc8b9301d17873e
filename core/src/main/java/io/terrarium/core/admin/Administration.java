package io.terrarium.core.admin;

import io.terrarium.core.organization.Organizations;
import io.terrarium.core.run.RunActions;
import io.terrarium.core.session.Sessions;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.database.Database;

/// The administration of the site, wired.
public record Administration(
    AdminUsers users,
    AdminOrganizations organizations,
    AdminWorkspaces workspaces,
    AdminRuns runs) {

  /// The features that do what site admins ask for.
  public record Neighbours(
      Authentication authentication,
      Sessions sessions,
      Organizations organizations,
      Workspaces workspaces,
      RunActions runs) {}

  public static Administration of(Database database, Neighbours near) {
    return new Administration(
        new AdminUsers(database, near.authentication(), near.sessions()),
        new AdminOrganizations(database, near.organizations()),
        new AdminWorkspaces(database, near.workspaces()),
        new AdminRuns(database, near.runs()));
  }
}
