package io.terrarium.core.vcshost;

import org.jspecify.annotations.Nullable;

/// A repository as its host tells of it; hosts tell more when asked than in events.
///
/// @param identifier its name with the host, such as `owner/name`; empty where a plain Git server
///   does not tell
/// @param defaultBranch absent where it is empty, or was not told
/// @param cloneUrl over http
/// @param htmlUrl for people
public record Repository(
    String identifier,
    @Nullable String defaultBranch,
    @Nullable String cloneUrl,
    @Nullable String sshUrl,
    @Nullable String htmlUrl) {
  Repository onBranch(@Nullable String branch) {
    return new Repository(identifier, branch, cloneUrl, sshUrl, htmlUrl);
  }
}
