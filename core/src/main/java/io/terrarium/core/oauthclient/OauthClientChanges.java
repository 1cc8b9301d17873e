package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;
import java.util.Optional;

/// What a client wants set; what it left out stays.
///
/// @param oauthToken given directly, instead of by the way of OAuth
/// @param projects all that may use the connection from now on
public record OauthClientChanges(
    Patch<String> name,
    Patch<String> serviceProvider,
    Patch<String> httpUrl,
    Patch<String> apiUrl,
    Patch<String> key,
    Patch<String> secret,
    Patch<String> oauthToken,
    Patch<Boolean> organizationScoped,
    Optional<List<ProjectId>> projects) {
  public OauthClientChanges {
    projects = projects.map(List::copyOf);
  }

  @Override
  public String toString() {
    return "OauthClientChanges[" + name + "]";
  }
}
