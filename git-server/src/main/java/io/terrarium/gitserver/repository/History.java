package io.terrarium.gitserver.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/// The commits of one repository, read while this is open.
public final class History implements AutoCloseable {
  /// No list of files is longer.
  public static final int FILES_MAX = 3_000;

  /// Commits beyond are not even counted.
  private static final int COMMITS_MAX = 10_000;

  private static final Pattern NAME_OF_COMMIT = Pattern.compile("[0-9a-f]{4,40}");

  private final Repository repository;
  private final RevWalk walk;

  private History(Repository repository) {
    this.repository = repository;
    this.walk = new RevWalk(repository);
  }

  public static History of(HostedRepository hosted) {
    return new History(hosted.open());
  }

  /// Some commits, the newest first.
  ///
  /// @param total how many there are in all
  public record Stretch(List<RevCommit> commits, int total) {
    public Stretch {
      commits = List.copyOf(commits);
    }
  }

  public Repository repository() {
    return repository;
  }

  /// A commit by its name, which may be cut, or by a branch or tag.
  public Optional<RevCommit> find(String revision) {
    try {
      Optional<RevCommit> named =
          at(Constants.R_HEADS + revision).or(() -> at(Constants.R_TAGS + revision));
      if (named.isPresent() || !NAME_OF_COMMIT.matcher(revision).matches()) {
        return named;
      }
      Collection<ObjectId> found =
          walk.getObjectReader().resolve(AbbreviatedObjectId.fromString(revision));
      return found.size() == 1 ? commit(found.iterator().next()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `object` is, or as a tag leads to; empty where that is no commit of this repository.
  public Optional<RevCommit> commit(@Nullable AnyObjectId object) {
    if (object == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(walk.parseCommit(object));
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where `ref` leads, unless it is not there or leads to no commit.
  public Optional<RevCommit> at(String ref) {
    try {
      Ref found = repository.exactRef(ref);
      return found == null ? Optional.empty() : commit(found.getObjectId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where branches lead, but for `ref`.
  public List<RevCommit> branchesBut(String ref) {
    try {
      return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
          .filter(branch -> !branch.getName().equals(ref))
          .flatMap(branch -> commit(branch.getObjectId()).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What leads to `head` and to none of `without`.
  ///
  /// @param max that are given out
  public Stretch between(Collection<RevCommit> without, RevCommit head, int max) {
    try {
      walk.reset();
      walk.setRevFilter(RevFilter.ALL);
      walk.sort(RevSort.TOPO);
      walk.markStart(walk.parseCommit(head));
      for (RevCommit known : without) {
        walk.markUninteresting(walk.parseCommit(known));
      }
      List<RevCommit> newest = new ArrayList<>();
      int total = 0;
      for (RevCommit next = walk.next();
          next != null && total < COMMITS_MAX;
          next = walk.next(), total++) {
        if (newest.size() < max) {
          newest.add(next);
        }
      }
      return new Stretch(newest, total);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether `old` is `head` or one of those that led to it.
  public boolean leadsTo(RevCommit old, RevCommit head) {
    try {
      return walk.isMergedInto(walk.parseCommit(old), walk.parseCommit(head));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a commit has changed; of a merge, against its first parent.
  public FileChanges changes(RevCommit commit) {
    try {
      RevCommit parent =
          commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
      return changes(parent == null ? Optional.empty() : Optional.of(parent), commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What differs between where two lines of commits parted, and the end of one of them.
  public FileChanges changesSinceParting(RevCommit other, RevCommit head) {
    try {
      walk.reset();
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(other));
      walk.markStart(walk.parseCommit(head));
      RevCommit base = walk.next();
      return changes(base == null ? Optional.empty() : Optional.of(walk.parseCommit(base)), head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileChanges changes(Optional<RevCommit> before, RevCommit after) throws IOException {
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> modified = new ArrayList<>();
    boolean isWhole = true;
    try (TreeWalk trees = new TreeWalk(repository)) {
      if (before.isPresent()) {
        trees.addTree(before.get().getTree());
      } else {
        trees.addTree(new EmptyTreeIterator());
      }
      trees.addTree(after.getTree());
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      for (int count = 0; trees.next(); count++) {
        if (count == FILES_MAX) {
          isWhole = false;
          break;
        }
        List<String> kind =
            trees.getRawMode(0) == 0 ? added : trees.getRawMode(1) == 0 ? removed : modified;
        kind.add(trees.getPathString());
      }
    }
    return new FileChanges(added, removed, modified, isWhole);
  }

  @Override
  public void close() {
    walk.close();
    repository.close();
  }
}
