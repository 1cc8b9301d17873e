package io.terrarium.core.registrymodule;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.core.registry.Offered;
import io.terrarium.core.registry.RegistryOffers;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/// Versions of modules as the registry is told of them.
public final class ModuleOffers implements Offered<ModuleVersion> {
  private final Database database;
  private final ModuleIngress ingress;
  private final Clock clock;
  private final ModuleVersionStore store = new ModuleVersionStore();

  public ModuleOffers(Database database, ModuleIngress ingress, Clock clock) {
    this.database = database;
    this.ingress = ingress;
    this.clock = clock;
  }

  @Override
  public List<ModuleVersion> waiting(int max) {
    return database.read(db -> store.toOffer(db, max));
  }

  @Override
  public String name(ModuleVersion version) {
    return version.id().value();
  }

  @Override
  public void offer(ModuleVersion version, RegistryOffers.Registry registry) {
    // The row is held while the registry answers: whoever deletes the version, and has the registry
    // forget it, comes after that.
    database.useTransaction(db ->
        store
            .lockToOffer(db, version.key())
            .ifPresent(now -> {
              post(now, registry);
              store.offered(db, now.key(), clock.instant());
            }));
  }

  private void post(ModuleVersion version, RegistryOffers.Registry registry) {
    ModuleVersion.Owner owner = version.owner();
    registry.post(
        InternalApi.MODULE_VERSIONS,
        new ModuleVersionOffer(
            ModuleVersionOffer.VERSION,
            version.id(),
            owner.organizationId(),
            owner.name(),
            owner.provider(),
            version.version(),
            Objects.requireNonNull(version.objectId()),
            version.createdAt(),
            null),
        new Flow(version.id().value(), AvailabilityStep.PHASE, "atlas", clock.instant(), null)
            .headers());
  }

  @Override
  public void refused(ModuleVersion version, String reason) {
    database.useTransaction(db -> ingress.fail(db, version, Status.REG_INGRESS_REQ_FAILED, reason));
  }
}
