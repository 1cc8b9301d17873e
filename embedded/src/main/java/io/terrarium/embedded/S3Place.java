package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.nio.file.Path;

/// Where the S3 server keeps its buckets and listens, and what it asks of its clients. The
/// directory is made by the server when it starts.
public record S3Place(Path directory, URI endpoint, Secret accessKey, Secret secretKey) {
  private static final String DIRECTORY = "TERRARIUM_S3_DIRECTORY";
  private static final String ENDPOINT = "TFE_OBJECT_STORAGE_S3_ENDPOINT";
  private static final String ACCESS_KEY = "TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY";

  /// In this data directory, at the port of before.
  public static S3Place of(DataDirectory data) {
    int port = data.port("s3", EmbeddedS3.PREFERRED_PORT);
    return new S3Place(
        data.root().resolve("s3"),
        URI.create("http://%s:%d".formatted(Loopback.HOST, port)),
        data.secret("s3_access_key"),
        data.secret("s3_secret_key"));
  }

  /// For a server in a process of its own.
  static S3Place from(Env env) {
    return new S3Place(
        Path.of(env.text(DIRECTORY)),
        env.uri(ENDPOINT),
        new Secret(env.text(ACCESS_KEY)),
        env.secret(SECRET_KEY));
  }
}
