package io.terrarium.core.vcs;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Who else wants to know of the tags of repositories, beside workspaces.
@FunctionalInterface
public interface TagFollowers {
  /// Called in the transaction that is done with what the host has told.
  ///
  /// @param sha of the commit, or of the tag itself
  /// @return in lines for people, what follows from it
  List<String> tagged(Handle db, long repositoryKey, String tag, String sha);
}
