package io.terrarium.contracts.route;

import java.util.List;
import java.util.Optional;

/// The mesh's route table. The first route that takes a path wins.
public final class Routes {
  public static final String ATLAS = "atlas";
  public static final String ARCHIVIST = "archivist";
  public static final String OPERATIONS = "operations";
  public static final String REGISTRY_API = "registry-api";

  /// What each service answers of itself is for its neighbours, who ask it directly. A build
  /// reaches the internal listener too, so it does not lead there either.
  public static final String NOBODY = "";

  public static final List<Route> TABLE =
      List.of(
          new Route("/metrics/", NOBODY, false, false),
          new Route("/_archivist/", ARCHIVIST, false, false),
          new Route("/_health_check/", OPERATIONS, false, false),
          new Route("/_backup/", OPERATIONS, false, false),
          new Route("/internal/", ATLAS, true, false),
          new Route("/api/registry/private/v2/gpg-keys/", ATLAS, false, false),
          new Route("/api/registry/", REGISTRY_API, false, false),
          new Route("/", ATLAS, false, false));

  private Routes() {}

  /// The route of a path on the public listener; empty where only the internal one has it.
  public static Optional<Route> ofPublic(String path) {
    return ofInternal(path).filter(route -> !route.internalOnly());
  }

  /// The route of a path on the internal listener, which has all that lead somewhere.
  public static Optional<Route> ofInternal(String path) {
    return first(path).filter(route -> !route.isClosed());
  }

  private static Optional<Route> first(String path) {
    String normalized = RequestPath.normalize(path);
    return TABLE.stream().filter(route -> route.takes(normalized)).findFirst();
  }
}
