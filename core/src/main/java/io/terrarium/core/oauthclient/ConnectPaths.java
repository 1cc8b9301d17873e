package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The links by which people go and connect a host. Whoever has one may use it, so only those see
/// them who may change the connection.
public final class ConnectPaths {
  private final Database database;
  private final Access access;
  private final ConnectGrants grants;
  private final Clock clock;

  public ConnectPaths(Database database, Access access, ConnectGrants grants, Clock clock) {
    this.database = database;
    this.access = access;
    this.grants = grants;
    this.clock = clock;
  }

  /// Of those among `clients` which are connected so, and by the caller.
  public Map<OauthClientId, String> of(Principal caller, List<OauthClient> clients) {
    List<OauthClient> connectable = clients.stream().filter(OauthClient::isByWebLogin).toList();
    if (connectable.isEmpty()) {
      return Map.of();
    }
    List<Long> owners = connectable.stream().map(one -> one.owner().key()).distinct().toList();
    Map<Long, OrganizationAccess> rights =
        database.read(db -> access.organizations(db, caller, owners));
    return connectable.stream()
        .filter(one -> manages(rights, one))
        .collect(
            Collectors.toMap(
                OauthClient::id, one -> grants.path(one.callbackUuid(), clock.instant())));
  }

  private static boolean manages(Map<Long, OrganizationAccess> rights, OauthClient client) {
    OrganizationAccess in = rights.get(client.owner().key());
    return in != null && in.allows(OrganizationRight.MANAGE_VCS_SETTINGS);
  }
}
