package io.terrarium.core.vcshost;

import java.net.URI;

/// Where a Git host is.
///
/// @param httpUrl where people see it, and where clones come from; for plain Git `ssh` will do
/// @param apiUrl where its API is, and the only place that a token is sent to
public record HostAddress(URI httpUrl, URI apiUrl) {
  /// `url` without slashes at its end.
  static String base(URI url) {
    return url.toString().replaceAll("/+$", "");
  }
}
