package io.terrarium.atlas.ui.workspace;

import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.workspace.Visible;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last fetch of the repository that a workspace follows, as long as it lasts or once it has
/// failed.
///
/// @param since when it was wished for
/// @param problem empty while it lasts
public record Fetch(String repository, Instant since, Optional<String> problem) {
  /// Empty where all is well, or is not for this reader.
  static Optional<Fetch> of(Visible found, ConfigurationVersions configurations) {
    if (found.workspace().related().vcsRepo() == null) {
      return Optional.empty();
    }
    return configurations.newestFromGit(found.access()).flatMap(Fetch::of);
  }

  private static Optional<Fetch> of(ConfigurationVersion newest) {
    ConfigurationVersion.Origin origin = newest.origin();
    if (origin == null) {
      return Optional.empty();
    }
    Fetch lasting = new Fetch(origin.identifier(), newest.createdAt(), Optional.empty());
    return switch (newest.status()) {
      case FETCHING -> Optional.of(lasting);
      case ERRORED -> Optional.of(lasting.failed(newest.errorMessage()));
      default -> Optional.empty();
    };
  }

  private Fetch failed(@Nullable String message) {
    return new Fetch(
        repository, since, Optional.of(message == null ? "Nothing more is known." : message));
  }
}
