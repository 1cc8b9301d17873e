package io.terrarium.atlas.api.token;

import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;

/// Tokens of people and of organizations.
public final class TokensApi {
  private static final String OF_USER = "/api/v2/users/:user_id/authentication-tokens";
  private static final String ONE = "/api/v2/authentication-tokens/:token_id";
  private static final String OF_ORGANIZATION =
      "/api/v2/organizations/:organization_name/authentication-token";

  private final Tokens tokens;

  public TokensApi(Tokens tokens) {
    this.tokens = tokens;
  }

  public void mount(Api api) {
    api.get(OF_USER, this::list);
    api.post(OF_USER, this::create);
    api.get(ONE, this::show);
    api.delete(ONE, this::delete);
    api.get(OF_ORGANIZATION, this::showOfOrganization);
    api.post(OF_ORGANIZATION, this::replaceOfOrganization);
    api.delete(OF_ORGANIZATION, this::deleteOfOrganization);
  }

  private Reply list(Call call) {
    return Reply.document(
        200, Listing.of(call, tokens.listOfUser(self(call), Page.of(call)).map(TokenResource::of)));
  }

  private Reply create(Call call) {
    UserPrincipal user = self(call);
    return Reply.document(
        201, Document.of(TokenResource.of(tokens.createForUser(user, TokenRequest.of(call)))));
  }

  private Reply show(Call call) {
    return Reply.document(
        200,
        Document.of(
            TokenResource.of(
                tokens.find(call.get(Principal.class), call.path("token_id", TokenId::new)))));
  }

  private Reply delete(Call call) {
    tokens.delete(call.get(Principal.class), call.path("token_id", TokenId::new));
    return Reply.noContent();
  }

  private Reply showOfOrganization(Call call) {
    return Reply.document(
        200,
        Document.of(
            TokenResource.of(
                tokens.ofOrganization(call.get(Principal.class), organization(call)))));
  }

  private Reply replaceOfOrganization(Call call) {
    return Reply.document(
        201,
        Document.of(
            TokenResource.of(
                tokens.replaceOfOrganization(
                    call.get(Principal.class), organization(call), TokenRequest.of(call)))));
  }

  private Reply deleteOfOrganization(Call call) {
    tokens.deleteOfOrganization(call.get(Principal.class), organization(call));
    return Reply.noContent();
  }

  /// There is no token for audit trails here; who asks for it must not get, nor lose, the other.
  private static String organization(Call call) {
    if (call.query("token").filter(kind -> !kind.isBlank()).isPresent()) {
      throw new Fault.NotFound();
    }
    return call.path("organization_name");
  }

  /// A person's tokens are theirs alone.
  private static UserPrincipal self(Call call) {
    UserPrincipal user = Access.requireUser(call.get(Principal.class));
    if (!user.id().value().equals(call.path("user_id"))) {
      throw new Fault.NotFound();
    }
    return user;
  }
}
