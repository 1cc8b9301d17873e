package io.terrarium.contracts.ingress;

import org.jspecify.annotations.Nullable;

/// Which commit of a repository: the one named, else the tag's, else the branch's, else that of the
/// default branch. The branch or tag beside a commit says where to look for it in a repository that
/// gives out no bare commits.
public record GitRevision(@Nullable String branch, @Nullable String tag, @Nullable String commit) {
  /// The newest commit of the default branch.
  public static final GitRevision DEFAULT = new GitRevision(null, null, null);
}
