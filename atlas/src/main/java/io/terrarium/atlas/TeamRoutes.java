package io.terrarium.atlas;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.Includes.Renderer;
import io.terrarium.atlas.api.account.AccountApi;
import io.terrarium.atlas.api.membership.MembershipResource;
import io.terrarium.atlas.api.membership.OrganizationMembershipsApi;
import io.terrarium.atlas.api.organization.OrganizationsApi;
import io.terrarium.atlas.api.team.TeamMembersApi;
import io.terrarium.atlas.api.team.TeamProjectsApi;
import io.terrarium.atlas.api.team.TeamWorkspacesApi;
import io.terrarium.atlas.api.team.TeamsApi;
import io.terrarium.atlas.api.token.TeamTokensApi;
import io.terrarium.atlas.api.token.TokenTtlPoliciesApi;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.assembly.TeamModule;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The routes of people in organizations and of their teams.
record TeamRoutes(TeamModule core, AccountApi accounts, OrganizationsApi organizations) {
  void mount(Api api) {
    new TeamsApi(core.teams(), ofTeams()).mount(api);
    new TeamMembersApi(core.members()).mount(api);
    new TeamWorkspacesApi(core.workspaces()).mount(api);
    new TeamProjectsApi(core.projects()).mount(api);
    new TeamTokensApi(core.tokens()).mount(api);
    new TokenTtlPoliciesApi(core.tokenTtlPolicies()).mount(api);
    new OrganizationMembershipsApi(core.memberships(), ofMemberships()).mount(api);
  }

  private Includes<VisibleTeam> ofTeams() {
    return new Includes<>(
        Set.of("users", "organization-memberships"),
        Map.of(
            "users",
            Renderer.toAll(visible -> visible.team().users(), accounts::resources),
            "organization-memberships",
            Renderer.toAll(
                visible -> visible.team().memberships(),
                (caller, ids) ->
                    core.memberships().findAll(caller, ids).stream()
                        .map(MembershipResource::of)
                        .toList())));
  }

  /// Nobody has a SCIM identity here.
  private Includes<OrganizationMembership> ofMemberships() {
    return new Includes<>(
        Set.of("user", "teams", "organization", "scim-identity"),
        Map.of(
            "user",
            this::people,
            "teams",
            Renderer.toAll(
                OrganizationMembership::teams,
                (caller, ids) ->
                    core.teams().findAll(caller, ids).stream().map(TeamsApi::resource).toList()),
            "organization",
            Renderer.to(
                membership -> Optional.of(membership.organizationName()),
                (caller, name) -> List.of(organizations.resource(caller, name)))));
  }

  /// Those who have an account, and those who are invited.
  private List<Resource> people(Principal caller, List<OrganizationMembership> memberships) {
    Map<Boolean, List<OrganizationMembership>> byAccount =
        memberships.stream()
            .collect(
                Collectors.partitioningBy(
                    one -> one.status() == OrganizationMembership.Status.ACTIVE));
    List<UserId> active =
        byAccount.getOrDefault(true, List.of()).stream()
            .map(OrganizationMembership::userId)
            .distinct()
            .toList();
    return Stream.concat(
            accounts.resources(caller, active).stream(),
            byAccount.getOrDefault(false, List.of()).stream()
                .map(one -> AccountApi.invited(one.userId(), one.email())))
        .toList();
  }
}
