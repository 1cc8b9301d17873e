package io.terrarium.atlas.ui.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.oauthclient.OauthToken;
import io.terrarium.core.oauthclient.OauthTokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The connections of an organization that work, as choices of a form.
public record ConnectionChoices(OauthClients clients, OauthTokens tokens) {
  /// @param words such as `GitHub (https://github.com) as alice`
  public record Choice(OauthTokenId token, String words) {}

  /// None for who may not see them.
  public List<Choice> of(Principal caller, String organization) {
    try {
      List<OauthToken> found = Paged.all(page -> tokens.list(caller, organization, page));
      List<OauthClientId> ids = found.stream().map(OauthToken::clientId).distinct().toList();
      Map<OauthClientId, OauthClient> owners =
          clients.findAll(caller, ids).stream()
              .collect(Collectors.toMap(OauthClient::id, Function.identity()));
      return found.stream()
          .flatMap(token ->
              Optional.ofNullable(owners.get(token.clientId())).stream()
                  .map(client -> new Choice(token.id(), words(client, token))))
          .toList();
    } catch (Fault.NotFound hidden) {
      return List.of();
    }
  }

  private static String words(OauthClient client, OauthToken token) {
    String user = Optional.ofNullable(token.user()).map(name -> " as " + name).orElse("");
    return name(client) + " (" + client.httpUrl() + ")" + user;
  }

  /// What people call a connection.
  public static String name(OauthClient client) {
    String name = client.name();
    return name == null || name.isBlank() ? client.provider().displayName() : name;
  }
}
