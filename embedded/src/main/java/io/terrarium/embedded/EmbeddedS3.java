package io.terrarium.embedded;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Program;
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
  private final S3Place place;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedS3(S3Proxy server, S3Place place) {
    this.server = server;
    this.place = place;
  }

  /// Starts the server on the buckets of before.
  public static EmbeddedS3 start(DataDirectory data) {
    return start(S3Place.of(data));
  }

  static void main(String[] args) {
    Program.serve("s3", S3Place::from, (place, _) -> start(place));
  }

  static EmbeddedS3 start(S3Place place) {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(
                new FilesystemNio2BlobStore(PrivateFile.directory(place.directory()).toString()))
            .endpoint(place.endpoint())
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4,
                place.accessKey().value(),
                place.secretKey().value())
            .v4MaxNonChunkedRequestSize(REQUEST_BYTES_MAX)
            .jettyMaxThreads(THREADS_MAX)
            .stopTimeout(STOP_LIMIT_MILLIS)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new EmbeddedFault("cannot start the S3 server at " + place.endpoint(), e);
    }
    return new EmbeddedS3(server, place);
  }

  public String host() {
    return place.endpoint().getHost();
  }

  public int port() {
    return place.endpoint().getPort();
  }

  public URI endpoint() {
    return place.endpoint();
  }

  public String accessKey() {
    return place.accessKey().value();
  }

  public Secret secretKey() {
    return place.secretKey();
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
