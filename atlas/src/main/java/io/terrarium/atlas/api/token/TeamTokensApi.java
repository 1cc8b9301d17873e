package io.terrarium.atlas.api.token;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.token.TeamTokenFilter;
import io.terrarium.core.token.TeamTokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Optional;

/// Tokens of teams: the one without a description, those with one, and all of an organization.
public final class TeamTokensApi {
  private static final String LEGACY = "/api/v2/teams/:team_id/authentication-token";
  private static final String OF_TEAM = "/api/v2/teams/:team_id/authentication-tokens";
  private static final String OF_ORGANIZATION =
      "/api/v2/organizations/:organization_name/team-tokens";
  private static final String EXPIRY = "filter[expiry_status]";

  private final TeamTokens tokens;

  public TeamTokensApi(TeamTokens tokens) {
    this.tokens = tokens;
  }

  public void mount(Api api) {
    api.get(LEGACY, this::show);
    api.post(LEGACY, this::replace);
    api.delete(LEGACY, this::delete);
    api.get(OF_TEAM, this::list);
    api.post(OF_TEAM, this::create);
    api.get(OF_ORGANIZATION, this::listOfOrganization);
    api.delete(OF_ORGANIZATION, this::deleteOfOrganization);
  }

  private Reply show(Call call) {
    return Reply.document(
        200, Document.of(TokenResource.of(tokens.find(call.get(Principal.class), team(call)))));
  }

  /// A description makes one token more, and so does the plural path.
  private Reply replace(Call call) {
    var token = TokenRequest.of(call);
    Principal caller = call.get(Principal.class);
    return Reply.document(
        201,
        Document.of(
            TokenResource.of(
                token.description() == null
                    ? tokens.replace(caller, team(call), token)
                    : tokens.create(caller, team(call), token))));
  }

  private Reply delete(Call call) {
    tokens.delete(call.get(Principal.class), team(call));
    return Reply.noContent();
  }

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            tokens
                .list(call.get(Principal.class), team(call), Page.of(call))
                .map(TokenResource::of)));
  }

  private Reply create(Call call) {
    return Reply.document(
        201,
        Document.of(
            TokenResource.of(
                tokens.create(call.get(Principal.class), team(call), TokenRequest.of(call)))));
  }

  private Reply listOfOrganization(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            tokens
                .ofOrganization(
                    call.get(Principal.class),
                    call.path("organization_name"),
                    new TeamTokenFilter(
                        call.query("q").filter(text -> !text.isBlank()), expired(call)),
                    Page.of(call))
                .map(TokenResource::of)));
  }

  private static Optional<Boolean> expired(Call call) {
    return switch (call.query(EXPIRY).orElse("")) {
      case "" -> Optional.empty();
      case "expired" -> Optional.of(true);
      case "active" -> Optional.of(false);
      default -> throw new Fault.BadRequest(EXPIRY + " must be active or expired.");
    };
  }

  private Reply deleteOfOrganization(Call call) {
    List<TokenId> ids =
        Identifiers.of(call, TokenResource.TYPE).stream().map(TokenId::new).toList();
    tokens.deleteOfOrganization(call.get(Principal.class), call.path("organization_name"), ids);
    return Reply.noContent();
  }

  private static TeamId team(Call call) {
    return call.path("team_id", TeamId::new);
  }
}
