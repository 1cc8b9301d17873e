package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.Sender;
import org.jspecify.annotations.Nullable;

/// A branch or tag that points elsewhere than before, however its host told it.
///
/// @param before a name of zeros, or absent: it is new
/// @param after a name of zeros, or absent: it is gone
/// @param commit what a tag leads to, where that is told
record RefUpdate(
    Repository repository,
    GitRef ref,
    @Nullable String before,
    @Nullable String after,
    @Nullable String commit,
    @Nullable String message,
    @Nullable String commitUrl,
    @Nullable String compareUrl,
    ChangedFiles changed,
    Sender sender) {

  VcsEvent event() {
    if (after == null || EventReader.isNothing(after)) {
      return ref.isTag()
          ? new VcsEvent.TagDeleted(repository, ref.name(), sender)
          : new VcsEvent.BranchDeleted(repository, ref.name(), sender);
    }
    if (ref.isTag()) {
      return new VcsEvent.TagPush(
          repository, ref.name(), commit == null ? after : commit, message, commitUrl, sender);
    }
    return new VcsEvent.Push(
        repository,
        ref.name(),
        before == null || EventReader.isNothing(before) ? null : before,
        after,
        message,
        commitUrl,
        compareUrl,
        changed,
        sender);
  }
}
