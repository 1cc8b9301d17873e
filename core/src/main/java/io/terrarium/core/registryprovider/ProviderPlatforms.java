package io.terrarium.core.registryprovider;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ProviderPlatformId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registry.Withdrawals;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// The platforms that versions of providers are for, each with a package.
public final class ProviderPlatforms {
  private final Database database;
  private final Access access;
  private final Withdrawals withdrawals;
  private final Clock clock;
  private final Ids ids;
  private final ProviderStore providers = new ProviderStore();
  private final ProviderVersionStore versions = new ProviderVersionStore();
  private final ProviderPlatformStore store = new ProviderPlatformStore();

  public ProviderPlatforms(Database database, Access access, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.withdrawals = new Withdrawals(outbox);
    this.clock = clock;
    this.ids = ids;
  }

  /// Which platform is meant, such as `linux` and `amd64`.
  public record Target(String os, String arch) {}

  /// What a new platform is.
  ///
  /// @param shasum SHA-256 of the package, in hex
  public record New(String os, String arch, String filename, String shasum) {
    public New {
      shasum = shasum.toLowerCase(Locale.ROOT);
    }
  }

  /// As its caller sees it.
  public record Visible(ProviderPlatform platform, ProviderVersion version, boolean isManaged) {}

  public Visible create(Principal caller, Address address, String version, New wanted) {
    return database.inTransaction(db -> {
      ProviderVersion of = locked(db, caller, address, version);
      ProviderNames.checkPlatform(wanted);
      ProviderPlatformId id = new ProviderPlatformId(ids.next(ProviderPlatformId.PREFIX));
      if (!store.insert(db, id, of.key(), wanted, clock.instant())) {
        throw new Fault.Invalid("os", "Os has already been taken together with this arch");
      }
      versions.changed(db, of.key(), clock.instant());
      ProviderPlatform made =
          new ProviderPlatform(
              id, wanted.os(), wanted.arch(), wanted.filename(), wanted.shasum(), null);
      return new Visible(made, of, true);
    });
  }

  public void delete(Principal caller, Address address, String version, Target target) {
    database.useTransaction(db -> {
      ProviderVersion of = locked(db, caller, address, version);
      ProviderPlatform gone = find(of, target);
      store.delete(db, gone.id());
      versions.changed(db, of.key(), clock.instant());
      String stored = gone.objectId();
      withdrawals.delete(db, stored == null ? List.of() : List.of(stored));
    });
  }

  /// One of a version that its caller sees.
  public static Visible of(ProviderVersions.Visible version, Target target) {
    return new Visible(find(version.version(), target), version.version(), version.isManaged());
  }

  /// All of a version that its caller sees.
  public static List<Visible> of(ProviderVersions.Visible version) {
    return version.version().platforms().stream()
        .map(platform -> new Visible(platform, version.version(), version.isManaged()))
        .toList();
  }

  /// Archivist has stored its package. Only one with the sum that the platform names counts, so the
  /// same again is a repetition.
  ///
  /// @throws Fault.Conflict when it is another
  public void stored(ObjectStored stored) {
    database.useTransaction(db -> {
      String shasum =
          store.shasum(db, new ProviderPlatformId(stored.id())).orElseThrow(Fault.NotFound::new);
      if (!shasum.equals(stored.sha256())) {
        throw new Fault.Conflict(
            "The SHA-256 of the package is %s, but the platform says %s."
                .formatted(stored.sha256(), shasum));
      }
      store.stored(db, stored).ifPresent(key -> versions.changed(db, key, clock.instant()));
    });
  }

  private ProviderVersion locked(Handle db, Principal caller, Address address, String version) {
    OrganizationAccess owner =
        access
            .organization(db, caller, address.organization())
            .require(OrganizationRight.MANAGE_PROVIDERS);
    return providers
        .find(db, owner.key(), address.name())
        .flatMap(provider -> versions.lock(db, provider.key(), version))
        .orElseThrow(Fault.NotFound::new);
  }

  private static ProviderPlatform find(ProviderVersion version, Target target) {
    return version.platforms().stream()
        .filter(one -> one.os().equals(target.os()) && one.arch().equals(target.arch()))
        .findFirst()
        .orElseThrow(Fault.NotFound::new);
  }
}
