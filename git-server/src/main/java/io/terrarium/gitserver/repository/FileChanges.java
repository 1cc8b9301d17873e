package io.terrarium.gitserver.repository;

import java.util.ArrayList;
import java.util.List;

/// Names of files that differ between two trees. A file that has moved is removed here and added
/// there.
///
/// @param isWhole false where there are more than are kept
public record FileChanges(
    List<String> added, List<String> removed, List<String> modified, boolean isWhole) {
  /// One file, in the words of Gitea's API.
  public record Document(String filename, String status) {}

  public FileChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    modified = List.copyOf(modified);
  }

  public int count() {
    return added.size() + removed.size() + modified.size();
  }

  public List<Document> documents() {
    List<Document> all = new ArrayList<>();
    added.forEach(name -> all.add(new Document(name, "added")));
    removed.forEach(name -> all.add(new Document(name, "removed")));
    modified.forEach(name -> all.add(new Document(name, "modified")));
    return all;
  }
}
