package io.terrarium.vault;

import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testservers.BackingServer;
import io.terrarium.testservers.TransitContract;
import java.nio.file.Path;
import java.time.Duration;

class BuiltInVaultIT extends TransitContract {
  @Override
  protected BackingServer<TransitConfig> open(Path directory) {
    Parts parts = new Parts("vault of a test");
    VaultFixture fixture = parts.add(new VaultFixture(directory));
    Service vault = parts.add(fixture.start(VaultFixture.PASSWORD, Duration.ofDays(1)));
    return BackingServer.of(
        "built-in vault",
        new TransitConfig(VaultFixture.address(vault), VaultFixture.TOKEN),
        parts);
  }
}
