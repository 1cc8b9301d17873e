package io.terrarium.atlas.api;

import java.net.URI;

/// The address under which clients reach the mesh.
public record PublicAddress(URI base) {
  /// `path` as an absolute URL.
  public String of(String path) {
    return base + path;
  }
}
