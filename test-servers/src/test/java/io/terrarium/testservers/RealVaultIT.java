package io.terrarium.testservers;

import io.terrarium.kernel.vault.TransitConfig;
import java.nio.file.Path;

class RealVaultIT extends TransitContract {
  @Override
  protected BackingServer<TransitConfig> open(Path directory) {
    return RealServers.transit();
  }
}
