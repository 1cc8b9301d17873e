package io.terrarium.core.gpgkey;

import io.terrarium.contracts.id.GpgKeyId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The public keys by which terraform knows that a provider is from the organization.
public final class GpgKeys {
  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final GpgKeyStore store = new GpgKeyStore();

  public GpgKeys(Database database, Access access, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
  }

  /// Those of several organizations, all of which the caller must see.
  public Paged<GpgKey> list(Principal caller, List<String> namespaces, Page page) {
    return database.read(db -> {
      List<Long> organizations =
          namespaces.stream()
              .map(namespace ->
                  access
                      .organization(db, caller, namespace)
                      .require(OrganizationRight.READ_REGISTRY)
                      .key())
              .toList();
      return store.list(db, organizations, page);
    });
  }

  public GpgKey find(Principal caller, String namespace, String keyId) {
    return database.read(db -> {
      OrganizationAccess owner =
          access.organization(db, caller, namespace).require(OrganizationRight.READ_REGISTRY);
      return store
          .find(db, owner.key(), keyId.toUpperCase(Locale.ROOT))
          .orElseThrow(Fault.NotFound::new);
    });
  }

  /// For what is signed with it: it stays until the transaction ends.
  public Optional<GpgKey> use(Handle db, long organizationKey, String keyId) {
    return store.use(db, organizationKey, keyId.toUpperCase(Locale.ROOT));
  }

  public GpgKey create(Principal caller, String namespace, String asciiArmor) {
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, namespace);
      ArmoredKey armored = ArmoredKey.parse(asciiArmor);
      GpgKeyId id = new GpgKeyId(ids.next(GpgKeyId.PREFIX));
      if (!store.insert(db, id, owner.key(), armored, clock.instant())) {
        throw new Fault.Invalid(
            "ascii-armor", "The organization has the key " + armored.keyId() + " already");
      }
      return store.find(db, owner.key(), armored.keyId()).orElseThrow();
    });
  }

  /// Gives a key to another organization, whose registry the caller must manage too.
  public GpgKey move(Principal caller, String namespace, String keyId, String wanted) {
    return database.inTransaction(db -> {
      GpgKey found = locked(db, managed(db, caller, namespace), keyId);
      OrganizationAccess next = authorized(db, caller, wanted);
      if (!found.organization().equals(next.name())) {
        requireUnused(db, found, "namespace");
        if (!store.move(db, found.key(), next.key(), clock.instant())) {
          throw new Fault.Invalid("namespace", "Namespace has the key " + found.keyId() + " too");
        }
      }
      return store.find(db, next.key(), found.keyId()).orElseThrow();
    });
  }

  public void delete(Principal caller, String namespace, String keyId) {
    database.useTransaction(db -> {
      GpgKey found = locked(db, managed(db, caller, namespace), keyId);
      requireUnused(db, found, "key-id");
      store.delete(db, found.key());
    });
  }

  /// Says the same of an organization that is not there; the Go client knows these words.
  private OrganizationAccess authorized(Handle db, Principal caller, String namespace) {
    try {
      return managed(db, caller, namespace);
    } catch (Fault.NotFound hidden) {
      throw new Fault.Invalid("namespace", "namespace not authorized");
    }
  }

  private GpgKey locked(Handle db, OrganizationAccess owner, String keyId) {
    return store
        .lock(db, owner.key(), keyId.toUpperCase(Locale.ROOT))
        .orElseThrow(Fault.NotFound::new);
  }

  /// Versions that were signed with it could not be installed any more.
  private void requireUnused(Handle db, GpgKey key, String attribute) {
    if (store.isUsed(db, key.key())) {
      throw new Fault.Invalid(
          attribute,
          "Versions of providers are signed with the key " + key.keyId() + "; delete them first");
    }
  }

  private OrganizationAccess managed(Handle db, Principal caller, String namespace) {
    return access.organization(db, caller, namespace).require(OrganizationRight.MANAGE_PROVIDERS);
  }
}
