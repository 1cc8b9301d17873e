package io.terrarium.core.registryprovider;

import io.terrarium.contracts.id.RegistryProviderId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registry.Withdrawals;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What people and their tools do with the providers of a private registry.
public final class RegistryProviders {
  private final Database database;
  private final Access access;
  private final Withdrawals withdrawals;
  private final Clock clock;
  private final Ids ids;
  private final ProviderStore store = new ProviderStore();
  private final ProviderVersionStore versions = new ProviderVersionStore();

  public RegistryProviders(Database database, Access access, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.withdrawals = new Withdrawals(outbox);
    this.clock = clock;
    this.ids = ids;
  }

  /// A provider as its caller sees it.
  public record Visible(RegistryProvider provider, boolean isManaged) {}

  /// Which provider is meant.
  public record Address(String organization, String name) {}

  /// @param any part of a name or a namespace; "" narrows nothing
  public Paged<Visible> list(Principal caller, String organization, String any, Page page) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, organization);
      return store.list(db, owner.key(), any, page).map(provider -> visible(provider, owner));
    });
  }

  public Visible find(Principal caller, Address address) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, address.organization());
      return visible(
          store.find(db, owner.key(), address.name()).orElseThrow(Fault.NotFound::new), owner);
    });
  }

  public Visible create(Principal caller, Address address) {
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, address.organization());
      ProviderNames.checkProvider(address.name());
      RegistryProviderId id = new RegistryProviderId(ids.next(RegistryProviderId.PREFIX));
      if (!store.insert(db, id, owner.key(), address.name(), clock.instant())) {
        throw new Fault.Invalid("name", "Name has already been taken");
      }
      return visible(store.find(db, owner.key(), address.name()).orElseThrow(), owner);
    });
  }

  /// With all its versions.
  public void delete(Principal caller, Address address) {
    database.useTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, address.organization());
      RegistryProvider provider =
          store.lock(db, owner.key(), address.name()).orElseThrow(Fault.NotFound::new);
      List<ProviderVersion> gone = versions.lockAll(db, provider.key());
      store.delete(db, provider.key());
      withdrawals.providers(
          db,
          gone.stream().map(ProviderVersion::id).toList(),
          gone.stream().flatMap(ProviderVersion::objects).toList());
    });
  }

  private OrganizationAccess readable(Handle db, Principal caller, String organization) {
    return access.organization(db, caller, organization).require(OrganizationRight.READ_REGISTRY);
  }

  private OrganizationAccess managed(Handle db, Principal caller, String organization) {
    return access
        .organization(db, caller, organization)
        .require(OrganizationRight.MANAGE_PROVIDERS);
  }

  private static Visible visible(RegistryProvider provider, OrganizationAccess owner) {
    return new Visible(provider, owner.allows(OrganizationRight.MANAGE_PROVIDERS));
  }
}
