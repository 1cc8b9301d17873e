package io.terrarium.core.assembly;

import io.terrarium.core.access.Access;
import io.terrarium.core.membership.OrganizationMemberships;
import io.terrarium.core.membership.TeamMembers;
import io.terrarium.core.team.TeamProjects;
import io.terrarium.core.team.TeamWorkspaces;
import io.terrarium.core.team.Teams;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.TeamTokens;
import io.terrarium.core.token.TokenTtlPolicies;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;

/// People in organizations and their teams.
public record TeamModule(
    OrganizationMemberships memberships,
    Teams teams,
    TeamMembers members,
    TeamWorkspaces workspaces,
    TeamProjects projects,
    TeamTokens tokens,
    TokenTtlPolicies tokenTtlPolicies) {
  static TeamModule of(
      Database database,
      Access access,
      Clock clock,
      Ids ids,
      Tokens tokens,
      Authentication authentication) {
    return new TeamModule(
        new OrganizationMemberships(database, access, clock, ids),
        new Teams(database, access, authentication, clock, ids),
        new TeamMembers(database, access, clock, ids),
        new TeamWorkspaces(database, access, ids),
        new TeamProjects(database, access, ids),
        new TeamTokens(database, access, tokens, authentication, clock),
        new TokenTtlPolicies(database, access, authentication, ids, clock));
  }
}
