package io.terrarium.core.registryprovider;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.gpgkey.GpgKey;
import io.terrarium.core.gpgkey.GpgKeys;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registry.Withdrawals;
import io.terrarium.core.registryprovider.ProviderVersionStore.File;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Versions of providers. Each change makes a new revision, of which [ProviderOffers] tells the
/// registry until that has it.
public final class ProviderVersions {
  private final Database database;
  private final Access access;
  private final GpgKeys keys;
  private final Withdrawals withdrawals;
  private final Clock clock;
  private final Ids ids;
  private final ProviderStore providers = new ProviderStore();
  private final ProviderVersionStore store = new ProviderVersionStore();

  public ProviderVersions(
      Database database, Access access, GpgKeys keys, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.keys = keys;
    this.withdrawals = new Withdrawals(outbox);
    this.clock = clock;
    this.ids = ids;
  }

  /// As its caller sees it.
  public record Visible(ProviderVersion version, boolean isManaged) {}

  /// What a new version is.
  ///
  /// @param keyId of a key of the organization
  public record New(String version, String keyId, List<String> protocols) {
    public New {
      protocols = List.copyOf(protocols);
    }
  }

  public Paged<Visible> list(Principal caller, Address address, Page page) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, address);
      return store
          .list(db, provider(db, owner, address).key(), page)
          .map(version -> visible(version, owner));
    });
  }

  /// All of providers that their caller sees.
  public List<Visible> of(List<RegistryProviders.Visible> seen) {
    boolean isManaged = seen.stream().anyMatch(RegistryProviders.Visible::isManaged);
    List<Long> providerKeys = seen.stream().map(one -> one.provider().key()).toList();
    return database.read(db -> store.ofProviders(db, providerKeys)).stream()
        .map(version -> new Visible(version, isManaged))
        .toList();
  }

  public Visible find(Principal caller, Address address, String version) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, address);
      return visible(
          store
              .find(db, provider(db, owner, address).key(), version)
              .orElseThrow(Fault.NotFound::new),
          owner);
    });
  }

  public Visible create(Principal caller, Address address, New wanted) {
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, address);
      RegistryProvider provider =
          providers.use(db, owner.key(), address.name()).orElseThrow(Fault.NotFound::new);
      ProviderNames.checkVersion(wanted.version(), wanted.keyId(), wanted.protocols());
      GpgKey key =
          keys.use(db, owner.key(), wanted.keyId())
              .orElseThrow(() ->
                  new Fault.Invalid(
                      "key-id",
                      "Key id must be that of a GPG key of the organization; add the key first"));
      ProviderVersionId id = new ProviderVersionId(ids.next(ProviderVersionId.PREFIX));
      boolean isNew =
          store.insert(
              db,
              new ProviderVersionStore.New(
                  id,
                  provider.key(),
                  key.key(),
                  wanted.version(),
                  wanted.protocols(),
                  clock.instant()));
      if (!isNew) {
        throw new Fault.Invalid("version", "Version has already been taken");
      }
      return visible(store.find(db, id).orElseThrow(), owner);
    });
  }

  public void delete(Principal caller, Address address, String version) {
    database.useTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, address);
      ProviderVersion gone =
          store
              .lock(db, provider(db, owner, address).key(), version)
              .orElseThrow(Fault.NotFound::new);
      store.delete(db, gone.key());
      withdrawals.providers(db, List.of(gone.id()), gone.objects().toList());
    });
  }

  /// Archivist has stored its sums. The first ones count; the same again are a repetition.
  ///
  /// @throws Fault.Conflict when others have been stored before
  public void shasumsStored(ObjectStored stored) {
    stored(stored, File.SHASUMS, ProviderVersion::shasums);
  }

  /// As [#shasumsStored], of their signature.
  public void signatureStored(ObjectStored stored) {
    stored(stored, File.SIGNATURE, ProviderVersion::signature);
  }

  private void stored(
      ObjectStored stored, File file, Function<ProviderVersion, ProviderVersion.Upload> upload) {
    database.useTransaction(db -> {
      boolean isFirst = store.stored(db, file, stored, clock.instant());
      ProviderVersion found =
          store.find(db, new ProviderVersionId(stored.id())).orElseThrow(Fault.NotFound::new);
      if (!isFirst && !stored.sha256().equals(upload.apply(found).sha256())) {
        throw new Fault.Conflict(
            "The version has this file already; delete it to publish something else under its"
                + " number.");
      }
    });
  }

  private RegistryProvider provider(Handle db, OrganizationAccess owner, Address address) {
    return providers.find(db, owner.key(), address.name()).orElseThrow(Fault.NotFound::new);
  }

  private OrganizationAccess readable(Handle db, Principal caller, Address address) {
    return access
        .organization(db, caller, address.organization())
        .require(OrganizationRight.READ_REGISTRY);
  }

  private OrganizationAccess managed(Handle db, Principal caller, Address address) {
    return access
        .organization(db, caller, address.organization())
        .require(OrganizationRight.MANAGE_PROVIDERS);
  }

  private static Visible visible(ProviderVersion version, OrganizationAccess owner) {
    return new Visible(version, owner.allows(OrganizationRight.MANAGE_PROVIDERS));
  }
}
