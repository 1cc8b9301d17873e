package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// An S3 server inside this process; a bucket is a directory and an object a file in it.
public final class EmbeddedS3 implements AutoCloseable {
  public static final int PREFERRED_PORT = 9000;
  public static final String REGION = "us-east-1";

  /// Clients without TLS sign whole bodies, which the server holds in memory: larger objects come
  /// in parts of at most this size.
  public static final int REQUEST_BYTES_MAX = 32 * 1024 * 1024;

  private static final int THREADS_MAX = 24;
  private static final long STOP_LIMIT_MILLIS = 1000;

  private final S3Proxy server;
  private final URI endpoint;
  private final Secret accessKey;
  private final Secret secretKey;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedS3(S3Proxy server, URI endpoint, Secret accessKey, Secret secretKey) {
    this.server = server;
    this.endpoint = endpoint;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /// Starts the server on the buckets of before.
  public static EmbeddedS3 start(DataDirectory data) {
    int port = data.port("s3", PREFERRED_PORT);
    URI endpoint = URI.create("http://%s:%d".formatted(Loopback.HOST, port));
    Secret accessKey = data.secret("s3_access_key");
    Secret secretKey = data.secret("s3_secret_key");
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(data.directory("s3").toString()))
            .endpoint(endpoint)
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, accessKey.value(), secretKey.value())
            .v4MaxNonChunkedRequestSize(REQUEST_BYTES_MAX)
            .jettyMaxThreads(THREADS_MAX)
            .stopTimeout(STOP_LIMIT_MILLIS)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new EmbeddedFault("cannot start the S3 server on port " + port, e);
    }
    return new EmbeddedS3(server, endpoint, accessKey, secretKey);
  }

  public String host() {
    return endpoint.getHost();
  }

  public int port() {
    return endpoint.getPort();
  }

  public URI endpoint() {
    return endpoint;
  }

  public String accessKey() {
    return accessKey.value();
  }

  public Secret secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) {
      throw new EmbeddedFault("cannot stop the S3 server on port " + port(), e);
    }
  }
}
