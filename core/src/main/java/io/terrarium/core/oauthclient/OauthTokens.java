package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.sshkey.PrivateKeyText;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tokens of connections, and the SSH keys beside them.
public final class OauthTokens {
  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final OauthClients clients;
  private final Farewell farewell;
  private final OauthTokenStore store = new OauthTokenStore();

  public OauthTokens(
      Database database,
      Access access,
      ValueCipher cipher,
      OauthClients clients,
      Farewell farewell) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.clients = clients;
    this.farewell = farewell;
  }

  public Paged<OauthToken> list(Principal caller, String organization, Page page) {
    return database.read(db ->
        store.ofOrganization(
            db, readable(db, access.organization(db, caller, organization)).key(), page));
  }

  public Paged<OauthToken> list(Principal caller, OauthClientId client, Page page) {
    long key = clients.find(caller, client).key();
    return database.read(db -> store.ofClient(db, key, page));
  }

  public OauthToken find(Principal caller, OauthTokenId id) {
    return database.read(db -> {
      OauthToken found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      readable(db, access.organization(db, caller, found.organizationKey()));
      return found;
    });
  }

  /// The way to the host, for who may see the token.
  public HostReach reach(Principal caller, OauthTokenId id) {
    return database.read(db -> {
      HostReach found = store.reach(db, id).orElseThrow(Fault.NotFound::new);
      readable(db, access.organization(db, caller, found.organizationKey()));
      return found;
    });
  }

  /// As [#reach], for a token of that organization alone.
  public HostReach reach(Principal caller, String organization, OauthTokenId id) {
    return database.read(db -> {
      OrganizationAccess in = readable(db, access.organization(db, caller, organization));
      return store
          .reach(db, id)
          .filter(found -> found.organizationKey() == in.key())
          .orElseThrow(Fault.NotFound::new);
    });
  }

  /// @param sshKey null for none
  public OauthToken setSshKey(Principal caller, OauthTokenId id, Patch<String> sshKey) {
    database.read(db -> managed(db, caller, id));
    if (sshKey instanceof Patch.Absent) {
      return find(caller, id);
    }
    @Nullable String ciphertext = sshKey.given().map(this::sealed).orElse(null);
    return database.inTransaction(db -> {
      store.setSshKey(db, managed(db, caller, id).key(), ciphertext);
      return store.find(db, id).orElseThrow();
    });
  }

  /// Workspaces that follow a repository by it follow none then.
  public void delete(Principal caller, OauthTokenId id) {
    Farewell.Of of =
        new Farewell.Of(Farewell.Kind.TOKEN, database.read(db -> managed(db, caller, id)).key());
    farewell.prepare(of);
    database.useTransaction(db -> {
      long key = managed(db, caller, id).key();
      farewell.take(db, of);
      store.delete(db, key);
    });
  }

  private String sealed(String key) {
    PrivateKeyText.problem(key)
        .ifPresent(detail -> {
          throw new Fault.Invalid("ssh-key", detail.replaceFirst("^Value", "SSH key"));
        });
    return cipher.encryptText(PrivateKeyText.normalized(key));
  }

  private OauthToken managed(Handle db, Principal caller, OauthTokenId id) {
    OauthToken found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    access
        .organization(db, caller, found.organizationKey())
        .require(OrganizationRight.MANAGE_VCS_SETTINGS);
    return found;
  }

  /// Who administers a workspace picks one of them.
  private OrganizationAccess readable(Handle db, OrganizationAccess in) {
    return access.administersWorkspaces(db, in)
        ? in
        : in.require(OrganizationRight.MANAGE_VCS_SETTINGS);
  }
}
