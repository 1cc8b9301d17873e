package io.terrarium.testkit;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Where a mesh is, as it tells in a file.
///
/// @param plainAddress without TLS
/// @param caBundle the system's roots and the mesh's own authority
record Access(URI address, URI plainAddress, Path caFile, Path caBundle, String token) {
  static Access read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new Access(
        URI.create(properties.getProperty("address", "")),
        URI.create(properties.getProperty("plain_address", "")),
        Path.of(properties.getProperty("ca_file", "")),
        Path.of(properties.getProperty("ca_bundle", "")),
        properties.getProperty("token", ""));
  }
}
