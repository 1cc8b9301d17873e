package io.terrarium.buildworker.terraform;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Fetches a release's files; everything has a limit.
final class Download implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int TEXT_BYTES_MAX = 64 * 1024 * 1024;
  private static final long FILE_BYTES_MAX = 1024L * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Duration limit;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /// @param limit of the time for one file
  Download(Duration limit) {
    this.limit = limit;
  }

  byte[] text(URI uri) throws IOException, InterruptedException {
    return fetch(uri, HttpResponse.BodyHandlers.ofByteArray(), TEXT_BYTES_MAX);
  }

  /// @return the SHA-256 sum of what was written to `file`
  String file(URI uri, Path file) throws IOException, InterruptedException {
    fetch(uri, HttpResponse.BodyHandlers.ofFile(file), FILE_BYTES_MAX);
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The limit of time is for all of the body, so that a server that falls silent holds nobody.
  private <T> T fetch(URI uri, HttpResponse.BodyHandler<T> body, long bytesMax)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    CompletableFuture<HttpResponse<T>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.limiting(body, bytesMax));
    try {
      HttpResponse<T> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return switch (response.statusCode()) {
        case 200 -> response.body();
        case 404 -> throw new FileNotFoundException(uri + " is not there");
        default -> throw new IOException(uri + " answered " + response.statusCode());
      };
    } catch (TimeoutException e) {
      throw new IOException(uri + " takes longer than " + limit.toSeconds() + " seconds", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /// Writes the executable `terraform` of a release to `file`.
  static void unpackTerraform(Path zip, Path file) throws IOException {
    try (ZipFile release = new ZipFile(zip.toFile())) {
      ZipEntry entry = release.getEntry("terraform");
      if (entry == null) {
        throw new BuildFault("the release holds no terraform");
      }
      try (InputStream in = release.getInputStream(entry);
          OutputStream out = Files.newOutputStream(file)) {
        copy(in, out, "terraform");
      }
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copy(InputStream in, OutputStream out, String what) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > FILE_BYTES_MAX) {
        throw new IOException(what + " is too large");
      }
      out.write(buffer, 0, read);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
