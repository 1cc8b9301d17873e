package io.terrarium.core.vcshost;

import java.util.List;
import java.util.OptionalInt;

/// Some of the repositories that a token may see. A page can be empty and yet not the last one,
/// since some hosts cannot search, so that we sift.
public record RepositoryPage(List<Repository> repositories, OptionalInt next) {
  public RepositoryPage {
    repositories = List.copyOf(repositories);
  }
}
