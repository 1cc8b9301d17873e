package io.terrarium.core.vcs;

import org.jspecify.annotations.Nullable;

/// What is known of the commit that a configuration comes from. Where nobody has told, it is the
/// newest one of the branch, and the rest is found out when it is fetched.
///
/// @param branch absent for a tag, and where the default branch is meant and nobody has named it
/// @param compareUrl where people see what a push has brought
/// @param pullRequest absent where it is none of one
public record Commit(
    @Nullable String branch,
    @Nullable String tag,
    @Nullable String sha,
    @Nullable String message,
    @Nullable String url,
    @Nullable String compareUrl,
    @Nullable Boolean onDefaultBranch,
    @Nullable PullRequest pullRequest,
    @Nullable Sender sender) {
  /// The newest one of a branch.
  public static Commit newestOf(@Nullable String branch) {
    return new Commit(branch, null, null, null, null, null, null, null, null);
  }

  /// A pull or merge request.
  public record PullRequest(
      int number, @Nullable String title, @Nullable String body, @Nullable String url) {}

  /// Who pushed, or opened the pull request.
  public record Sender(
      @Nullable String username, @Nullable String avatarUrl, @Nullable String htmlUrl) {}
}
