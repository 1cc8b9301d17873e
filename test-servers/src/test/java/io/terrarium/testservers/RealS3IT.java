package io.terrarium.testservers;

import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import java.nio.file.Path;

class RealS3IT extends ObjectStoreContract {
  @Override
  protected BackingServer<ObjectStoreConfig> open(Path directory) {
    return RealServers.objectStore(BUCKET);
  }
}
