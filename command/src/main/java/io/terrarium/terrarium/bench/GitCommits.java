package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.IntFunction;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/// Commits to the branch `main` of a repository.
final class GitCommits {
  private static final String BRANCH = Constants.R_HEADS + "main";
  private static final int FILES_IN_DIRECTORY = 100;

  private final Repository repository;
  private final Instant now;

  GitCommits(Repository repository, Instant now) {
    this.repository = repository;
    this.now = now;
    try {
      repository.updateRef(Constants.HEAD, false).link(BRANCH);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// A commit whose tree is one file; its name.
  String of(String file, String contents) {
    return of(1, _ -> file, _ -> contents.getBytes(StandardCharsets.UTF_8));
  }

  /// A commit with as many files besides a configuration, in directories of a hundred; its name.
  String ofMany(int files, IntFunction<byte[]> contents) {
    String commit =
        of(files, i -> "files-%04d/%d.txt".formatted(i / FILES_IN_DIRECTORY, i), contents);
    pack();
    return commit;
  }

  private String of(int files, IntFunction<String> name, IntFunction<byte[]> contents) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache tree = DirCache.newInCore();
      DirCacheBuilder entries = tree.builder();
      for (int i = 0; i < files; i++) {
        DirCacheEntry entry = new DirCacheEntry(name.apply(i));
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, contents.apply(i)));
        entries.add(entry);
      }
      entries.finish();
      return commit(inserter, tree.writeTree(inserter));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private String commit(ObjectInserter inserter, ObjectId tree) throws IOException {
    PersonIdent bench = new PersonIdent("bench", "bench@example.com", now, ZoneOffset.UTC);
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setAuthor(bench);
    commit.setCommitter(bench);
    commit.setMessage("Of the bench");
    ObjectId parent = repository.resolve(BRANCH);
    if (parent != null) {
      commit.setParentId(parent);
    }
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    RefUpdate branch = repository.updateRef(BRANCH);
    branch.setNewObjectId(id);
    branch.update();
    return id.name();
  }

  /// As a Git host keeps them. Deltas are not looked for: there are none in what the bench writes.
  private void pack() {
    repository
        .getConfig()
        .setBoolean(
            ConfigConstants.CONFIG_PACK_SECTION,
            null,
            ConfigConstants.CONFIG_KEY_DELTA_COMPRESSION,
            false);
    // Closing this one would close the repository.
    Git git = Git.wrap(repository);
    try {
      git.gc().call();
    } catch (GitAPIException e) {
      throw failed(e);
    }
  }

  private static MeshFault failed(Exception cause) {
    return new MeshFault("the repository of the bench cannot be written: " + cause, cause);
  }
}
