package io.terrarium.kernel.objectstore;

import io.minio.errors.ErrorResponseException;
import io.terrarium.kernel.tls.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the bucket of the settings can be used, and if not, which setting is to be mended. It
/// must be there: who has a store of their own decides on its region, policy and retention.
public final class ObjectStoreCheck {
  private static final Set<String> UNKNOWN_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken");

  private ObjectStoreCheck() {}

  // Always the same, so that keys that may not delete leave one object and not one a start.
  private static final String KEY = "startup-check";

  /// What is wrong, with the variable first; empty when a small object could be written, read,
  /// listed and deleted.
  public static Optional<String> problem(ObjectStoreConfig config) {
    try (ObjectStore store = ObjectStore.open(config, 1)) {
      // A store tells more of a refused write than of a look at the bucket.
      store.put(KEY, KEY.getBytes(StandardCharsets.UTF_8), Map.of());
      Optional<StoredObject> written = store.get(KEY);
      if (written.isPresent()) {
        written.get().content().close();
      }
      store.list(KEY);
      store.delete(KEY);
      return Optional.empty();
    } catch (ObjectStoreFault fault) {
      return Optional.of(told(config, fault));
    } catch (IOException e) {
      return Optional.of("TFE_OBJECT_STORAGE_S3_ENDPOINT breaks off: " + e.getMessage());
    }
  }

  private static String told(ObjectStoreConfig config, ObjectStoreFault fault) {
    String reason = Trust.plain(String.valueOf(fault.getMessage()));
    String bucket = "TFE_OBJECT_STORAGE_S3_BUCKET " + config.bucket();
    return switch (fault.getCause()) {
      case ErrorResponseException e when e.errorResponse().code().equals("NoSuchBucket") ->
          bucket + " is not there; make it, or mend its name";
      case ProviderException e ->
          "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE is set, but the metadata service gives no"
              + " keys; give this machine a role, or set access keys: "
              + reason;
      case ErrorResponseException e when UNKNOWN_KEYS.contains(e.errorResponse().code()) ->
          "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY or TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID is"
              + " refused by the store: "
              + reason;
      case ErrorResponseException e ->
          bucket
              + " cannot be used as it must be; let these keys put, get, list and delete objects in it: "
              + reason;
      case null, default ->
          "TFE_OBJECT_STORAGE_S3_ENDPOINT does not answer as an S3 at "
              + config.endpoint()
              + "; start it, mend the address, or look at its certificate and at"
              + " TFE_TLS_CA_BUNDLE_FILE: "
              + reason;
    };
  }
}
