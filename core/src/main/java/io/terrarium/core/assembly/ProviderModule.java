package io.terrarium.core.assembly;

import io.terrarium.core.access.Access;
import io.terrarium.core.gpgkey.GpgKeys;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registryprovider.ProviderPlatforms;
import io.terrarium.core.registryprovider.ProviderVersions;
import io.terrarium.core.registryprovider.RegistryProviders;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;

/// Providers of private registries, and the keys that sign them.
public record ProviderModule(
    GpgKeys keys,
    RegistryProviders providers,
    ProviderVersions versions,
    ProviderPlatforms platforms) {
  static ProviderModule of(Database database, Access access, Outbox outbox, Clock clock, Ids ids) {
    GpgKeys keys = new GpgKeys(database, access, clock, ids);
    return new ProviderModule(
        keys,
        new RegistryProviders(database, access, outbox, clock, ids),
        new ProviderVersions(database, access, keys, outbox, clock, ids),
        new ProviderPlatforms(database, access, outbox, clock, ids));
  }
}
