package io.terrarium.testservers;

import io.terrarium.kernel.objectstore.AccessKeys;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.ServerProcess;
import io.terrarium.testsupport.Zeros;
import java.util.Map;
import java.util.OptionalLong;

/// A process with a small heap that stores an object of unknown length, and tells a number once it
/// is stored.
final class UploaderProcess {
  static final int HEAP_MEGABYTES = 64;
  static final long BYTES = 4L * HEAP_MEGABYTES * 1024 * 1024;
  static final int DONE = 1;

  private UploaderProcess() {}

  static Map<String, String> variables(ObjectStoreConfig config) {
    AccessKeys.Given keys = (AccessKeys.Given) config.keys();
    return Map.of(
        "TFE_OBJECT_STORAGE_S3_ENDPOINT", config.endpoint().toString(),
        "TFE_OBJECT_STORAGE_S3_BUCKET", config.bucket(),
        "TFE_OBJECT_STORAGE_S3_REGION", config.region(),
        "TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", keys.accessKey(),
        "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", keys.secretKey().value(),
        "TERRARIUM_OBJECT_STORAGE_S3_PATH_STYLE", Boolean.toString(config.pathStyle()));
  }

  static void main(String[] arguments) throws Exception {
    try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.system()), 2)) {
      store.put(arguments[1], new Zeros(BYTES), OptionalLong.empty(), Map.of());
    }
    ServerProcess.serve(arguments[0], DONE);
  }
}
