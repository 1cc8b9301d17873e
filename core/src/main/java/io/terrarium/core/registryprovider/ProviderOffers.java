package io.terrarium.core.registryprovider;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ProviderVersionOffer;
import io.terrarium.core.registry.Offered;
import io.terrarium.core.registry.RegistryOffers;
import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Versions of providers as the registry is told of them.
///
/// The registry believes what comes last, so nobody may overtake another: the row is held while the
/// registry answers. A node that dies leaves the revision behind, and the next one offers it again;
/// whoever changes or deletes the version waits for the answer, at most as long as a call may take.
public final class ProviderOffers implements Offered<ProviderVersion> {
  private static final Logger log = LoggerFactory.getLogger(ProviderOffers.class);

  private final Database database;
  private final ProviderVersionStore store = new ProviderVersionStore();

  public ProviderOffers(Database database) {
    this.database = database;
  }

  @Override
  public List<ProviderVersion> waiting(int max) {
    return database.read(db -> store.toOffer(db, max));
  }

  @Override
  public String name(ProviderVersion version) {
    return version.id().value();
  }

  @Override
  public void offer(ProviderVersion version, RegistryOffers.Registry registry) {
    database.useTransaction(db ->
        store
            .lockToOffer(db, version.key())
            .ifPresent(now -> {
              registry.post(InternalApi.PROVIDER_VERSIONS, offer(now), Map.of());
              store.offered(db, now.key(), now.revision());
            }));
  }

  private static ProviderVersionOffer offer(ProviderVersion version) {
    return new ProviderVersionOffer(
        ProviderVersionOffer.VERSION,
        version.id(),
        version.owner().organizationId(),
        version.owner().name(),
        version.version(),
        version.protocols(),
        List.of(
            new ProviderVersionOffer.GpgKey(
                version.signingKey().keyId(), version.signingKey().asciiArmor())),
        version.shasums().objectId(),
        version.signature().objectId(),
        version.platforms().stream()
            .map(platform ->
                new ProviderVersionOffer.Platform(
                    platform.os(),
                    platform.arch(),
                    platform.filename(),
                    platform.shasum(),
                    platform.objectId()))
            .toList());
  }

  /// Our names are as strict as the registry's, so this is a bug of ours; asking again helps
  /// nobody.
  @Override
  public void refused(ProviderVersion version, String reason) {
    log.atError()
        .addKeyValue("provider_version_id", version.id())
        .addKeyValue("reason", reason)
        .log("a version of a provider is not served");
    database.useTransaction(db -> store.offered(db, version.key(), version.revision()));
  }
}
