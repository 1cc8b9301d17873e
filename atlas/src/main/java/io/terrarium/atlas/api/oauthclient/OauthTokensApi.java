package io.terrarium.atlas.api.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.OauthToken;
import io.terrarium.core.oauthclient.OauthTokens;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens of connections: read, list, delete, and the SSH key beside one. Their values are
/// never shown.
public final class OauthTokensApi {
  private static final String TYPE = "oauth-tokens";
  private static final String ONE = "/api/v2/oauth-tokens/:id";

  private final OauthTokens tokens;

  public OauthTokensApi(OauthTokens tokens) {
    this.tokens = tokens;
  }

  public void mount(Api api) {
    api.get(
        "/api/v2/organizations/:organization_name/oauth-tokens",
        call ->
            list(call, tokens.list(caller(call), call.path("organization_name"), Page.of(call))));
    api.get(
        "/api/v2/oauth-clients/:id/oauth-tokens",
        call ->
            list(
                call,
                tokens.list(caller(call), call.path("id", OauthClientId::new), Page.of(call))));
    api.get(ONE, call -> one(tokens.find(caller(call), id(call))));
    api.patch(ONE, call -> one(tokens.setSshKey(caller(call), id(call), sshKey(call))));
    api.delete(
        ONE,
        call -> {
          tokens.delete(caller(call), id(call));
          return Reply.noContent();
        });
  }

  record Attributes(Instant createdAt, @Nullable String serviceProviderUser, boolean hasSshKey) {}

  private static Patch<String> sshKey(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    Patch<String> key = body.text("ssh-key");
    body.check();
    return key;
  }

  private static Reply list(Call call, Paged<OauthToken> found) {
    return Reply.document(200, Listing.of(call, found.map(OauthTokensApi::resource)));
  }

  private static Reply one(OauthToken token) {
    return Reply.document(200, Document.of(resource(token)));
  }

  private static Resource resource(OauthToken token) {
    String id = token.id().value();
    return new Resource(
        id,
        TYPE,
        new Attributes(token.createdAt(), token.user(), token.hasSshKey()),
        Map.of("oauth-client", Relationship.one("oauth-clients", token.clientId().value())),
        Map.of("self", "/api/v2/oauth-tokens/" + id));
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static OauthTokenId id(Call call) {
    return call.path("id", OauthTokenId::new);
  }
}
