package io.terrarium.core.vcshost;

/// What is to be compared.
public sealed interface Comparison {
  /// All that a pull or merge request would change.
  record OfPullRequest(long number) implements Comparison {}

  /// What has changed on the way from `base` to `head`.
  record OfCommits(String base, String head) implements Comparison {}
}
