package io.terrarium.atlas.ui.workspace;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.oauthclient.OauthToken;
import io.terrarium.core.oauthclient.OauthTokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The connections to Git hosts that a workspace may use, as choices of a form.
public final class GitConnections {
  private static final Page ALL = new Page(1, 100);

  private final OauthClients clients;
  private final OauthTokens tokens;

  public GitConnections(OauthClients clients, OauthTokens tokens) {
    this.clients = clients;
    this.tokens = tokens;
  }

  /// @param words such as `GitHub (https://github.com) as alice`
  public record Choice(OauthTokenId token, String words) {}

  /// None for who may not see them.
  List<Choice> choices(Principal caller, String organization) {
    try {
      List<OauthToken> found = tokens.list(caller, organization, ALL).items();
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
    String name = client.name();
    String shown = name == null || name.isBlank() ? client.provider().displayName() : name;
    String user = token.user() == null ? "" : " as " + token.user();
    return shown + " (" + client.httpUrl() + ")" + user;
  }
}
