package io.terrarium.kernel.objectstore;

import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.util.Optional;
import okhttp3.OkHttpClient;

/// Who we are to the store.
public sealed interface AccessKeys {
  /// A user of its own.
  record Given(String accessKey, Secret secretKey) implements AccessKeys {}

  /// The role of this machine or container: keys that the cloud's metadata service hands out, and
  /// that are fetched again before they end.
  ///
  /// @param metadata where the service is, if not where AWS has it
  record InstanceProfile(Optional<URI> metadata) implements AccessKeys {}

  static AccessKeys from(Env env) {
    // The name is that of AWS' own clients.
    String metadata = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    Optional<URI> service = env.find(metadata).map(_ -> env.uri(metadata));
    if (env.flag("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", false)) {
      return new InstanceProfile(service);
    }
    return new Given(
        env.text("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID"),
        env.secret("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY"));
  }

  /// As the client of the store wants them.
  default Provider provider(OkHttpClient http) {
    return switch (this) {
      case Given(String accessKey, Secret secretKey) ->
          new StaticProvider(accessKey, secretKey.value(), null);
      case InstanceProfile(Optional<URI> metadata) ->
          new IamAwsProvider(metadata.map(URI::toString).orElse(null), http);
    };
  }
}
