package io.terrarium.core.vcshost;

import java.util.Map;

/// A commit's status in Bitbucket's words, where it is that of a build.
record BuildStatus(String state, String key, String name, String url, String description) {
  private static final int CLOUD_KEY_CHARACTERS_MAX = 40;
  private static final int TEXT_CHARACTERS_MAX = 255;

  static BuildStatus ofCloud(CommitStatus status) {
    String context = status.context();
    return of(
        status,
        "STOPPED",
        // Cut, two contexts could be one.
        context.length() <= CLOUD_KEY_CHARACTERS_MAX
            ? context
            : Signatures.digest(context).substring(0, CLOUD_KEY_CHARACTERS_MAX));
  }

  static BuildStatus ofServer(CommitStatus status) {
    String context = status.context();
    return of(
        status,
        // Only the newest releases know of builds that were ended.
        "FAILED",
        context.length() <= TEXT_CHARACTERS_MAX ? context : Signatures.digest(context));
  }

  private static BuildStatus of(CommitStatus status, String canceled, String key) {
    String state =
        switch (status.state()) {
          case PENDING, RUNNING -> "INPROGRESS";
          case SUCCESS -> "SUCCESSFUL";
          case FAILURE, ERROR -> "FAILED";
          case CANCELED -> canceled;
        };
    return new BuildStatus(
        state,
        key,
        Texts.cut(status.context(), TEXT_CHARACTERS_MAX),
        status.target().toString(),
        Texts.cut(status.description(), TEXT_CHARACTERS_MAX));
  }

  Map<String, String> body() {
    return Map.of("state", state, "key", key, "name", name, "url", url, "description", description);
  }
}
