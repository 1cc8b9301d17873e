package io.terrarium.testservers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.tls.Trust;
import io.terrarium.testsupport.OnThePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An authority that nobody knows, and a certificate of it for this machine's loopback.
public record Certificates(Path directory) {
  static final String KEYSTORE_PASSWORD = "changeit";

  /// Skips the test where none can be made.
  static void assume() {
    assumeTrue(OnThePath.has("openssl"), "there is no openssl on this machine: install openssl");
  }

  public static Certificates in(Path parent) {
    assume();
    try {
      Place place = new Place(Files.createTempDirectory(parent, "certificates"));
      makeAuthority(place);
      makeServer(place);
      return new Certificates(place.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeAuthority(Place place) {
    place.run(
        """
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem
          -subj /CN=test.authority
        """);
  }

  private static void makeServer(Place place) {
    place.run(
        """
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        """);
    place.write("names", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    place.run(
        """
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2
          -extfile names -out server.pem
        """);
    place.run(
        """
        openssl pkcs12 -export -in server.pem -inkey server.key -out server.p12
          -passout pass:\
        """
            + KEYSTORE_PASSWORD);
  }

  /// Of the authority.
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  Trust trust() {
    try {
      return Trust.with(Files.readString(authority()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
