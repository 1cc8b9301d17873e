package io.terrarium.vault;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testservers.BackingServer;
import io.terrarium.testservers.TransitContract;
import java.net.URI;
import java.nio.file.Path;

class BuiltInVaultIT extends TransitContract {
  private static final Secret TOKEN = new Secret("the token of the test");

  @Override
  protected BackingServer<TransitConfig> open(Path directory) {
    Parts parts = new Parts("vault of a test");
    DataDirectory data = parts.add(DataDirectory.open(directory));
    EmbeddedPostgres postgres = parts.add(EmbeddedPostgres.start(data));
    Platform platform = parts.add(Platform.start());
    Service vault =
        parts.add(
            VaultServer.start(
                new VaultConfig(
                    HttpAddress.loopback(0),
                    new DatabaseConfig(
                        postgres.jdbcUrl(), postgres.username(), postgres.password(), 3),
                    new Secret("a password"),
                    TOKEN),
                platform));
    URI address = URI.create("http://127.0.0.1:" + vault.port());
    return BackingServer.of("built-in vault", new TransitConfig(address, TOKEN), parts);
  }
}
