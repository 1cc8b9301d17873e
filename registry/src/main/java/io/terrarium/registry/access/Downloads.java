package io.terrarium.registry.access;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.SignedPaths;
import java.time.Clock;
import java.time.Duration;

/// Signed paths by which Terraform fetches from archivist. They name no host, so each client
/// fetches from the one that it asked.
public final class Downloads {
  private static final Duration VALID = Duration.ofHours(1);

  private final SignedPaths paths;
  private final Clock clock;

  public Downloads(SignedPaths paths, Clock clock) {
    this.paths = paths;
    this.clock = clock;
  }

  public String path(String objectId) {
    long expires = clock.instant().plus(VALID).getEpochSecond();
    return paths.sign(new ObjectClaims(ObjectClaims.Action.READ, objectId, expires, 0, 0, null));
  }
}
