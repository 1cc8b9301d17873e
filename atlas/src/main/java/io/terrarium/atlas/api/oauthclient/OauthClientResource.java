package io.terrarium.atlas.api.oauthclient;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthLogins;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection to a Git host as the API shows it. Its secret never is.
final class OauthClientResource {
  static final String TYPE = "oauth-clients";

  private OauthClientResource() {}

  /// @param callbackUrl where the host sends people back to
  /// @param connectPath where people connect it by the host's page; null where they cannot, and for
  ///   callers who may not change it
  /// @param secret always null: written only
  record Attributes(
      @Nullable String name,
      Instant createdAt,
      Instant updatedAt,
      String callbackUrl,
      @Nullable String connectPath,
      String serviceProvider,
      String serviceProviderDisplayName,
      String httpUrl,
      @Nullable String apiUrl,
      @Nullable String key,
      @Nullable String secret,
      @Nullable String rsaPublicKey,
      String uuid,
      boolean organizationScoped) {}

  static Resource of(OauthClient client, @Nullable String connectPath, PublicAddress address) {
    String id = client.id().value();
    String uuid = client.callbackUuid();
    return new Resource(
        id,
        TYPE,
        new Attributes(
            client.name(),
            client.createdAt(),
            client.updatedAt(),
            address.of(OauthLogins.callbackPath(uuid)),
            connectPath,
            client.provider().wire(),
            client.provider().displayName(),
            client.httpUrl(),
            client.apiUrl(),
            client.oauthKey(),
            null,
            null,
            uuid,
            client.isOrganizationScoped()),
        Map.of(
            "organization",
            Relationship.one("organizations", client.owner().name()),
            "projects",
            Relationship.many(
                "projects", client.projects().stream().map(ProjectId::value).toList()),
            "oauth-tokens",
            Relationship.many(
                "oauth-tokens", client.tokens().stream().map(OauthTokenId::value).toList()),
            "agent-pool",
            Relationship.optional("agent-pools", Optional.empty())),
        Map.of("self", "/api/v2/oauth-clients/" + id));
  }
}
