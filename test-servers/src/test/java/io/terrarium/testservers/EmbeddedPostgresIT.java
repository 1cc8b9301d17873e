package io.terrarium.testservers;

import io.terrarium.kernel.database.DatabaseConfig;
import java.nio.file.Path;

class EmbeddedPostgresIT extends DatabaseContract {
  @Override
  protected BackingServer<DatabaseConfig> open(Path directory) {
    return EmbeddedServer.database(directory, 4);
  }
}
