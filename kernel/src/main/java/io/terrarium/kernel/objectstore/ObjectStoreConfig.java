package io.terrarium.kernel.objectstore;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// How to reach the bucket.
///
/// @param pathStyle whether the bucket is named in the path rather than in the host name
public record ObjectStoreConfig(
    URI endpoint,
    String bucket,
    String region,
    String accessKey,
    Secret secretKey,
    boolean pathStyle) {
  public static ObjectStoreConfig from(Env env) {
    return new ObjectStoreConfig(
        env.uri("TFE_OBJECT_STORAGE_S3_ENDPOINT"),
        env.text("TFE_OBJECT_STORAGE_S3_BUCKET"),
        env.text("TFE_OBJECT_STORAGE_S3_REGION", "us-east-1"),
        env.text("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID"),
        env.secret("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY"),
        env.flag("TERRARIUM_OBJECT_STORAGE_S3_PATH_STYLE", true));
  }
}
