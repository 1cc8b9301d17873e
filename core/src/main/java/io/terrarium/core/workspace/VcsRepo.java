package io.terrarium.core.workspace;

import io.terrarium.contracts.id.OauthTokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The repository that a workspace follows.
///
/// @param token by which it is reached
/// @param serviceProvider in the API's words, such as `github`
/// @param httpUrl where people look at it
/// @param webhookToken the last part of the address that its host calls
/// @param refusedAt when a delivery to its webhook was refused last, for its signature; absent once
///   the host was told anew, or has signed as was agreed upon
/// @param link what is the workspace's own
public record VcsRepo(
    OauthTokenId token,
    String identifier,
    String serviceProvider,
    String httpUrl,
    String webhookToken,
    @Nullable Instant refusedAt,
    Link link) {
  /// How the workspace follows it.
  ///
  /// @param displayIdentifier what people are shown, where it is not the identifier
  /// @param branch "" for the default branch
  /// @param tagsRegex where set, tags start runs, and pushes to branches do not
  public record Link(
      long repositoryKey,
      @Nullable String displayIdentifier,
      String branch,
      boolean ingressSubmodules,
      @Nullable String tagsRegex) {}
}
