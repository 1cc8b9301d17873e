package io.terrarium.testsupport.installed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An authority that nobody knows, and a certificate of it for this machine's loopback.
public record Certificates(Path directory) {
  static final String KEYSTORE_PASSWORD = "changeit";

  public static Certificates in(Path parent) {
    try {
      Path directory = Files.createTempDirectory(parent, "certificates");
      Tool.run(
          directory,
          "openssl",
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-days",
          "2",
          "-keyout",
          "ca.key",
          "-out",
          "ca.pem",
          "-subj",
          "/CN=test authority");
      Tool.run(
          directory,
          "openssl",
          "req",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-keyout",
          "server.key",
          "-out",
          "server.csr",
          "-subj",
          "/CN=localhost");
      Files.writeString(directory.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
      Tool.run(
          directory,
          "openssl",
          "x509",
          "-req",
          "-in",
          "server.csr",
          "-CA",
          "ca.pem",
          "-CAkey",
          "ca.key",
          "-CAcreateserial",
          "-days",
          "2",
          "-extfile",
          "names",
          "-out",
          "server.pem");
      Tool.run(
          directory,
          "openssl",
          "pkcs12",
          "-export",
          "-in",
          "server.pem",
          "-inkey",
          "server.key",
          "-out",
          "server.p12",
          "-passout",
          "pass:" + KEYSTORE_PASSWORD);
      return new Certificates(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of the authority.
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  Path server() {
    return directory.resolve("server.pem");
  }

  Path serverKey() {
    return directory.resolve("server.key");
  }

  Path keystore() {
    return directory.resolve("server.p12");
  }
}
