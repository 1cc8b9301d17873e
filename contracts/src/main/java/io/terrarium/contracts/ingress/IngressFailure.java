package io.terrarium.contracts.ingress;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// Why a repository gives no slug, with status 422: asked again, the same would come.
///
/// @param message for people; nothing of it is secret
public record IngressFailure(int v, Reason error, String message) {
  public static final int VERSION = 1;

  /// What is wrong, in one word for programs.
  public enum Reason {
    /// The address is none that Git can be reached by, or the outbound proxy refuses it.
    @JsonProperty("bad_address")
    BAD_ADDRESS,
    /// The host does not answer, or not as a Git server does.
    @JsonProperty("host_unreachable")
    HOST_UNREACHABLE,
    @JsonProperty("authentication_failed")
    AUTHENTICATION_FAILED,
    @JsonProperty("repository_not_found")
    REPOSITORY_NOT_FOUND,
    /// No such branch, tag or commit.
    @JsonProperty("revision_not_found")
    REVISION_NOT_FOUND,
    /// The commit has no such directory.
    @JsonProperty("directory_not_found")
    DIRECTORY_NOT_FOUND,
    @JsonProperty("submodule_failed")
    SUBMODULE_FAILED,
    /// A symbolic link leads out of the repository.
    @JsonProperty("link_leaves_repository")
    LINK_LEAVES_REPOSITORY,
    /// A name that no archive may carry.
    @JsonProperty("unusable_name")
    UNUSABLE_NAME,
    @JsonProperty("too_large")
    TOO_LARGE,
    @JsonProperty("too_many_files")
    TOO_MANY_FILES,
    @JsonProperty("too_slow")
    TOO_SLOW,
    /// What came is no Git repository that can be read.
    @JsonProperty("broken_repository")
    BROKEN_REPOSITORY;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
