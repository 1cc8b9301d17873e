package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Compares the trees of two commits. What moved is seen as one file less and one more.
final class TreeChanges {
  /// Nobody looks at more: from 300 on, all that watch the repository are concerned.
  private static final int FILES_MAX = 1_000;

  private TreeChanges() {}

  static Changes between(
      FetchedRepository repository, ObjectId base, ObjectId head, Allowance allowance) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree(reader, base));
      walk.addTree(tree(reader, head));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      List<String> files = new ArrayList<>();
      while (walk.next()) {
        allowance.check();
        if (files.size() == FILES_MAX) {
          return new Changes(Changes.VERSION, files, false);
        }
        files.add(walk.getPathString());
      }
      return new Changes(Changes.VERSION, files, true);
    } catch (IOException e) {
      allowance.check();
      throw repository.broken("an object of it is missing or damaged", e);
    }
  }

  private static ObjectId tree(ObjectReader reader, ObjectId commit) throws IOException {
    try {
      return RevCommit.parse(reader.open(commit, Constants.OBJ_COMMIT).getCachedBytes())
          .getTree()
          .getId();
    } catch (org.eclipse.jgit.errors.IncorrectObjectTypeException e) {
      throw new IngressFault(
          Reason.REVISION_NOT_FOUND, commit.name() + " is the name of no commit.", e);
    }
  }
}
