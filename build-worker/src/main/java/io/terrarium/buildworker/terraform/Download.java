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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Fetches a release's files; everything has a limit.
final class Download implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final int TEXT_BYTES_MAX = 64 * 1024 * 1024;
  private static final long FILE_BYTES_MAX = 1024L * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  byte[] text(URI uri) throws IOException, InterruptedException {
    try (InputStream in = open(uri)) {
      byte[] text = in.readNBytes(TEXT_BYTES_MAX + 1);
      if (text.length > TEXT_BYTES_MAX) {
        throw new IOException(uri + " is too large");
      }
      return text;
    }
  }

  /// @return the SHA-256 sum of what was written to `file`
  String file(URI uri, Path file) throws IOException, InterruptedException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(uri), digest);
        OutputStream out = Files.newOutputStream(file)) {
      copy(in, out, uri.toString());
    }
    return HexFormat.of().formatHex(digest.digest());
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

  private InputStream open(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw response.statusCode() == 404
          ? new FileNotFoundException(uri + " is not there")
          : new IOException(uri + " answered " + response.statusCode());
    }
    return response.body();
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
