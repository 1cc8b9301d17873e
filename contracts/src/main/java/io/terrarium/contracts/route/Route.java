package io.terrarium.contracts.route;

/// Sends every path that begins with `pathPrefix` to `service`.
///
/// An `internalOnly` route does not exist on the public listener. With `stripPrefix` the service
/// sees the path without the prefix.
public record Route(String pathPrefix, String service, boolean internalOnly, boolean stripPrefix) {
  public Route {
    if (!pathPrefix.startsWith("/") || !pathPrefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "a path prefix starts and ends with a slash: " + pathPrefix);
    }
  }

  /// Whether it leads nowhere, on either listener.
  public boolean isClosed() {
    return service.equals(Routes.NOBODY);
  }

  /// Whether this route takes a normalized path; the prefix itself counts without its last slash
  /// too.
  public boolean takes(String normalizedPath) {
    return normalizedPath.startsWith(pathPrefix)
        || normalizedPath.equals(pathPrefix.substring(0, pathPrefix.length() - 1));
  }

  /// The path as the service is to see it.
  public String pathAtService(String normalizedPath) {
    if (!stripPrefix || normalizedPath.length() < pathPrefix.length()) {
      return stripPrefix ? "/" : normalizedPath;
    }
    return normalizedPath.substring(pathPrefix.length() - 1);
  }
}
