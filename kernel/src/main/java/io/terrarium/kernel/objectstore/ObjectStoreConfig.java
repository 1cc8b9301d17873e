package io.terrarium.kernel.objectstore;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;
import java.net.URI;
import java.util.Optional;

/// How to reach the bucket.
///
/// @param pathStyle whether the bucket is named in the path rather than in the host name
/// @param trust in the certificate of the endpoint
public record ObjectStoreConfig(
    URI endpoint,
    String bucket,
    String region,
    AccessKeys keys,
    boolean pathStyle,
    Optional<Encryption> encryption,
    Trust trust) {
  private static final String BUCKET = "TFE_OBJECT_STORAGE_S3_BUCKET";
  private static final String ENDPOINT = "TFE_OBJECT_STORAGE_S3_ENDPOINT";

  /// Of a store with users of its own, which is not asked to encrypt.
  public ObjectStoreConfig(
      URI endpoint,
      String bucket,
      String region,
      String accessKey,
      Secret secretKey,
      boolean pathStyle) {
    this(
        endpoint,
        bucket,
        region,
        new AccessKeys.Given(accessKey, secretKey),
        pathStyle,
        Optional.empty(),
        Trust.system());
  }

  public static ObjectStoreConfig from(Env env) {
    String region = env.text("TFE_OBJECT_STORAGE_S3_REGION", "us-east-1");
    boolean isElsewhere = env.find(ENDPOINT).isPresent();
    return new ObjectStoreConfig(
        isElsewhere ? elsewhere(env) : ofAws(env, region),
        bucket(env),
        region,
        AccessKeys.from(env),
        env.flag("TERRARIUM_OBJECT_STORAGE_S3_PATH_STYLE", isElsewhere),
        Encryption.from(env),
        Trust.from(env));
  }

  private static URI elsewhere(Env env) {
    URI endpoint = env.uri(ENDPOINT);
    boolean isPlain =
        endpoint.getHost() == null
            || (String.valueOf(endpoint.getScheme()).matches("https?")
                && endpoint.getRawPath().isEmpty()
                && endpoint.getRawQuery() == null);
    if (!isPlain) {
      env.problem(ENDPOINT + " must be http or https, a host and a port, without a path");
    }
    return endpoint;
  }

  private static String bucket(Env env) {
    String bucket = env.text(BUCKET);
    if (!bucket.isEmpty() && !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      env.problem(
          BUCKET + " must be a bucket's name: 3 to 63 small letters, digits, dots, hyphens");
    }
    return bucket;
  }

  private static URI ofAws(Env env, String region) {
    if (!region.matches("[a-z0-9-]+")) {
      env.problem("TFE_OBJECT_STORAGE_S3_REGION must be the name of a region, such as us-east-1");
      return URI.create("");
    }
    return URI.create(
        "https://s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""));
  }
}
