package io.terrarium.core.vcshost;

import io.terrarium.kernel.Secret;
import java.util.Map;

/// A Git host, the way there, and what lets us in.
public record HostConnection(HostLine line, Secret token) {
  static final String USER_AGENT = "Terrarium";

  HostAddress address() {
    return line.address();
  }

  /// @param root below it are the paths that are called
  /// @param accept the form of answers that is wanted
  HostApi api(String root, String accept) {
    return api(root, accept, "Bearer " + token.value());
  }

  HostApi api(String root, String accept, String authorization) {
    return new HostApi(
        line,
        root,
        Map.of("Authorization", authorization, "Accept", accept, "User-Agent", USER_AGENT));
  }
}
