package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.vcshost.ServiceProvider;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection of an organization to a Git host.
///
/// @param apiUrl absent where the host has no API
/// @param oauthKey the id of our OAuth application there, absent where a token was given directly
/// @param isByWebLogin whether people can connect it by the host's page
/// @param callbackUuid the part of the callback's address that names this connection
/// @param isOrganizationScoped whether all projects may use it
/// @param projects that may use it otherwise
public record OauthClient(
    long key,
    OauthClientId id,
    Owner owner,
    @Nullable String name,
    ServiceProvider provider,
    String httpUrl,
    @Nullable String apiUrl,
    @Nullable String oauthKey,
    boolean isByWebLogin,
    String callbackUuid,
    boolean isOrganizationScoped,
    List<OauthTokenId> tokens,
    List<ProjectId> projects,
    Instant createdAt,
    Instant updatedAt) {
  public OauthClient {
    tokens = List.copyOf(tokens);
    projects = List.copyOf(projects);
  }

  /// Whose it is.
  public record Owner(long key, String name) {}
}
