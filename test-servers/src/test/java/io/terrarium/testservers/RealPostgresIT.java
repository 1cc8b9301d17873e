package io.terrarium.testservers;

import io.terrarium.kernel.database.DatabaseConfig;
import java.nio.file.Path;

class RealPostgresIT extends DatabaseContract {
  @Override
  protected BackingServer<DatabaseConfig> open(Path directory) {
    return SharedServers.database();
  }
}
