package io.terrarium.buildworker.terraform;

import com.sun.net.httpserver.HttpExchange;
import io.terrarium.testsupport.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Publishes releases of a terraform that only tells its version, as terraform's maker does.
final class Publisher implements AutoCloseable {
  private final LocalServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private volatile String silence = "nothing";

  Publisher() {
    server = LocalServer.start(this::answer);
  }

  URI address() {
    return server.address();
  }

  /// Paths in the order of their being asked for.
  List<String> asked() {
    return List.copyOf(asked);
  }

  void publish(String version) throws IOException {
    byte[] zip = zip(version);
    publish(version, zip, sum(zip));
  }

  void publish(String version, byte[] zip, String sum) {
    String directory = "/terraform/" + version + "/";
    String name = "terraform_" + version + "_" + HostPlatform.here() + ".zip";
    files.put(directory + name, zip);
    files.put(
        directory + "terraform_" + version + "_SHA256SUMS",
        ("0".repeat(64) + "  another.zip\n" + sum + "  " + name + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  void index(String... versions) {
    String list = String.join("\":{},\"", versions);
    files.put(
        "/terraform/index.json",
        ("{\"name\":\"terraform\",\"versions\":{\"" + list + "\":{}}}")
            .getBytes(StandardCharsets.UTF_8));
  }

  /// Files of such names are never sent to their end.
  void fallSilentIn(String suffix) {
    silence = suffix;
  }

  static byte[] zip(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("LICENSE.txt"));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("terraform"));
      zip.write(("#!/bin/sh\necho Terraform v" + version + "\n").getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  static String sum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    byte[] content = files.get(path);
    if (content != null && path.endsWith(silence)) {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, content.length / 2);
      exchange.getResponseBody().flush();
      return;
    }
    LocalServer.answer(
        exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
  }

  @Override
  public void close() {
    server.close();
  }
}
