package io.terrarium.atlas.api.membership;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.membership.MembershipFilter;
import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.membership.OrganizationMembership.Status;
import io.terrarium.core.membership.OrganizationMemberships;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Memberships in organizations: invite, list, read, remove.
public final class OrganizationMembershipsApi {
  private static final String OF_ORGANIZATION =
      "/api/v2/organizations/:organization_name/organization-memberships";
  private static final String OWN = "/api/v2/organization-memberships";
  private static final String ONE = "/api/v2/organization-memberships/:id";
  private static final String STATUS = "filter[status]";

  private final OrganizationMemberships memberships;
  private final Includes<OrganizationMembership> includes;

  /// @param includes what `include` may ask for beside a membership
  public OrganizationMembershipsApi(
      OrganizationMemberships memberships, Includes<OrganizationMembership> includes) {
    this.memberships = memberships;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::invite);
    api.get(OWN, this::own);
    api.get(ONE, this::show);
    api.delete(
        ONE,
        call -> {
          memberships.remove(
              call.get(Principal.class), call.path("id", OrganizationMembershipId::new));
          return Reply.noContent();
        });
  }

  /// The value of `filter[status]`.
  public static Optional<Status> status(Call call) {
    return call.query(STATUS)
        .filter(text -> !text.isBlank())
        .map(text ->
            Kebab.read(text, Status.class)
                .orElseThrow(() ->
                    new Fault.BadRequest(
                        STATUS + " must be one of " + Kebab.list(Status.class) + ".")));
  }

  record StatusCounts(long total, long active, long invited) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    MembershipFilter filter =
        new MembershipFilter(
            status(call),
            call.queryList("filter[email]"),
            call.query("q").filter(text -> !text.isBlank()),
            Optional.empty());
    OrganizationMemberships.Members found =
        memberships.list(caller, call.path("organization_name"), filter, Page.of(call));
    Document page = page(call, caller, found.page(), wanted);
    Map<String, Object> meta = new LinkedHashMap<>(page.meta());
    meta.put(
        "status-counts",
        new StatusCounts(found.active() + found.invited(), found.active(), found.invited()));
    return Reply.document(200, new Document(page.data(), page.included(), page.links(), meta));
  }

  private Reply own(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    return Reply.document(200, page(call, caller, memberships.own(caller, Page.of(call)), wanted));
  }

  private Document page(
      Call call, Principal caller, Paged<OrganizationMembership> found, List<String> wanted) {
    return Listing.of(
        call, found.map(MembershipResource::of), includes.of(caller, found.items(), wanted));
  }

  private Reply invite(Call call) {
    Incoming incoming = Incoming.of(call, MembershipResource.TYPE);
    String email = incoming.text("email").over("");
    incoming.check();
    List<TeamId> teams =
        Identifiers.of(incoming.relationships("teams"), "teams", "/data/relationships/teams/data")
            .stream()
            .map(TeamId::new)
            .toList();
    Principal caller = call.get(Principal.class);
    OrganizationMembership invited =
        memberships.invite(caller, call.path("organization_name"), email, teams);
    return Reply.document(
        201,
        Document.of(
            MembershipResource.of(invited),
            includes.of(caller, List.of(invited), List.of("user"))));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    OrganizationMembership found =
        memberships.find(caller, call.path("id", OrganizationMembershipId::new));
    return Reply.document(
        200,
        Document.of(MembershipResource.of(found), includes.of(caller, List.of(found), wanted)));
  }
}
