package io.terrarium.core.oauthclient;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Connections to Git hosts: who may see them, make them, and say which projects may use them.
public final class OauthClients {
  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final HostUsers users;
  private final Farewell farewell;
  private final Clock clock;
  private final Ids ids;
  private final OauthClientStore store = new OauthClientStore();
  private final OauthTokenStore tokens = new OauthTokenStore();

  public OauthClients(
      Database database, Access access, ValueCipher cipher, Hosts hosts, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.users = hosts.users();
    this.farewell = hosts.farewell();
    this.clock = clock;
    this.ids = ids;
  }

  /// What is asked of hosts, and left there.
  public record Hosts(HostUsers users, Farewell farewell) {}

  /// Whose token it is, as the host says.
  @FunctionalInterface
  public interface HostUsers {
    /// Empty where the host does not answer, or has no people.
    ///
    /// @throws Fault.Invalid when the host refuses the token
    Optional<String> of(ServiceProvider provider, String httpUrl, String apiUrl, Secret token);
  }

  public Paged<OauthClient> list(Principal caller, String organization, Page page) {
    return database.read(db ->
        store.list(db, readable(db, access.organization(db, caller, organization)).key(), page));
  }

  public OauthClient find(Principal caller, OauthClientId id) {
    return database.read(db -> {
      OauthClient found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      readable(db, access.organization(db, caller, found.owner().key()));
      return found;
    });
  }

  /// Those that are there and that the caller may see.
  public List<OauthClient> findAll(Principal caller, List<OauthClientId> wanted) {
    return database.read(db -> {
      List<OauthClient> found = store.findAll(db, wanted);
      Map<Long, OrganizationAccess> owners =
          access.organizations(
              db, caller, found.stream().map(one -> one.owner().key()).distinct().toList());
      Map<Long, Boolean> open =
          owners.values().stream()
              .collect(Collectors.toMap(OrganizationAccess::key, owner -> isReadable(db, owner)));
      return found.stream().filter(one -> open.getOrDefault(one.owner().key(), false)).toList();
    });
  }

  /// With a token given directly the connection works at once; otherwise as soon as somebody has
  /// connected it by the host's page.
  ///
  /// @throws Fault.Invalid with all that is wrong, also where the host refuses the token
  public OauthClient create(Principal caller, String organization, OauthClientChanges asked) {
    database.read(db -> managed(access.organization(db, caller, organization)));
    OauthClientRules.Definition defined = new OauthClientRules().define(asked);
    String token = defined.token();
    boolean isUsable = token != null || !defined.provider().host().hasApi();
    @Nullable String user = user(defined.provider(), defined.httpUrl(), defined.apiUrl(), token);
    @Nullable String secret = sealed(defined.secret());
    @Nullable String value = sealed(token);
    OauthClientId id = new OauthClientId(ids.next(OauthClientId.PREFIX));
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(access.organization(db, caller, organization));
      long key =
          store.insert(
              db,
              new OauthClientStore.New(
                  id,
                  owner.key(),
                  defined.name(),
                  defined.provider(),
                  defined.httpUrl(),
                  defined.apiUrl(),
                  defined.key(),
                  secret,
                  UUID.randomUUID().toString(),
                  defined.isOrganizationScoped(),
                  clock.instant()));
      if (isUsable) {
        tokens.insert(
            db,
            new OauthTokenId(ids.next(OauthTokenId.PREFIX)),
            key,
            OauthTokenStore.Value.given(user, value),
            clock.instant());
      }
      store.attach(db, key, keys(db, caller, owner, asked.projects().orElse(List.of())));
      return store.find(db, id).orElseThrow();
    });
  }

  /// Changes what may be changed, which the host is not. A secret or a token that is blank stays.
  ///
  /// @throws Fault.Invalid with all that is wrong, also where the host refuses the token
  public OauthClient update(Principal caller, OauthClientId id, OauthClientChanges changes) {
    OauthClient current = database.read(db -> managed(db, caller, id));
    OauthClientRules.Credentials given = new OauthClientRules().credentials(changes);
    @Nullable String user =
        user(current.provider(), current.httpUrl(), current.apiUrl(), given.token());
    @Nullable String secret = sealed(given.secret());
    @Nullable String token = sealed(given.token());
    return database.inTransaction(db -> {
      OauthClient before = managed(db, caller, id);
      OauthClientRules rules = new OauthClientRules();
      @Nullable String name = rules.name(changes.name(), before.name());
      @Nullable String key = rules.key(changes.key(), before.oauthKey());
      rules.check();
      store.update(
          db,
          before.key(),
          name,
          key,
          secret,
          changes.organizationScoped().over(before.isOrganizationScoped()),
          clock.instant());
      if (token != null) {
        setToken(db, before.key(), OauthTokenStore.Value.given(user, token));
      }
      if (changes.projects().isPresent()) {
        OrganizationAccess owner = access.organization(db, caller, before.owner().key());
        store.detachAll(db, before.key());
        store.attach(db, before.key(), keys(db, caller, owner, changes.projects().get()));
      }
      return store.find(db, id).orElseThrow();
    });
  }

  private void setToken(Handle db, long clientKey, OauthTokenStore.Value value) {
    tokens
        .ofClient(db, clientKey)
        .ifPresentOrElse(
            token -> tokens.setValue(db, token.key(), value),
            () ->
                tokens.insert(
                    db,
                    new OauthTokenId(ids.next(OauthTokenId.PREFIX)),
                    clientKey,
                    value,
                    clock.instant()));
  }

  /// Workspaces that follow a repository by it follow none then.
  public void delete(Principal caller, OauthClientId id) {
    Farewell.Of of =
        new Farewell.Of(Farewell.Kind.CLIENT, database.read(db -> managed(db, caller, id)).key());
    farewell.prepare(of);
    database.useTransaction(db -> {
      long key = managed(db, caller, id).key();
      farewell.take(db, of);
      store.delete(db, key);
    });
  }

  public void attach(Principal caller, OauthClientId id, List<ProjectId> projects) {
    database.useTransaction(db -> {
      OauthClient client = managed(db, caller, id);
      OrganizationAccess owner = access.organization(db, caller, client.owner().key());
      store.attach(db, client.key(), keys(db, caller, owner, projects));
    });
  }

  public void detach(Principal caller, OauthClientId id, List<ProjectId> projects) {
    database.useTransaction(db -> {
      OauthClient client = managed(db, caller, id);
      OrganizationAccess owner = access.organization(db, caller, client.owner().key());
      store.detach(db, client.key(), keys(db, caller, owner, projects));
    });
  }

  private List<Long> keys(
      Handle db, Principal caller, OrganizationAccess owner, List<ProjectId> named) {
    return named.stream().map(id -> key(db, caller, owner, id)).toList();
  }

  private long key(Handle db, Principal caller, OrganizationAccess owner, ProjectId id) {
    return access
        .findProject(db, caller, id)
        .filter(project -> project.organization().key() == owner.key())
        .map(ProjectAccess::key)
        .orElseThrow(() ->
            new Fault.Invalid(
                List.of(
                    new Fault.Problem(
                        "There is no project " + id + " in the organization",
                        "/data/relationships/projects"))));
  }

  private OauthClient managed(Handle db, Principal caller, OauthClientId id) {
    OauthClient found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    managed(access.organization(db, caller, found.owner().key()));
    return found;
  }

  private static OrganizationAccess managed(OrganizationAccess in) {
    return in.require(OrganizationRight.MANAGE_VCS_SETTINGS);
  }

  /// Who administers a workspace picks one of them.
  private OrganizationAccess readable(Handle db, OrganizationAccess in) {
    if (!isReadable(db, in)) {
      throw new Fault.NotFound();
    }
    return in;
  }

  private boolean isReadable(Handle db, OrganizationAccess in) {
    return in.allows(OrganizationRight.MANAGE_VCS_SETTINGS) || access.administersWorkspaces(db, in);
  }

  private @Nullable String user(
      ServiceProvider provider, String httpUrl, @Nullable String apiUrl, @Nullable String token) {
    return token == null || apiUrl == null
        ? null
        : users.of(provider, httpUrl, apiUrl, new Secret(token)).orElse(null);
  }

  private @Nullable String sealed(@Nullable String plain) {
    return plain == null ? null : cipher.encryptText(plain);
  }
}
