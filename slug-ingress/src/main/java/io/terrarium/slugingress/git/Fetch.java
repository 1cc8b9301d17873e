package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTag;
import org.jspecify.annotations.Nullable;

/// Finds a revision and fetches it, one commit deep.
///
/// A commit is asked for by its name. Hosts that give out none but what branches and tags lead to
/// are asked for the branch or tag beside it, deeper and deeper, until the commit is among what has
/// come.
final class Fetch {
  private static final int[] DEPTHS = {1, 50, 1_000, Conversation.ALL};
  private static final int TAGS_OF_TAGS_MAX = 10;

  private final FetchedRepository repository;
  private final Function<FetchedRepository, Conversation> talks;
  private final GitRevision revision;
  private final Allowance allowance;

  Fetch(
      FetchedRepository repository,
      Function<FetchedRepository, Conversation> talks,
      GitRevision revision,
      Allowance allowance) {
    this.repository = repository;
    this.talks = talks;
    this.revision = revision;
    this.allowance = allowance;
  }

  /// @throws IngressFault when it is no full SHA-1 name
  static ObjectId commitName(String text) {
    if (!ObjectId.isId(text)) {
      throw new IngressFault(
          Reason.REVISION_NOT_FOUND, "A commit is named by 40 hexadecimal digits.");
    }
    return ObjectId.fromString(text);
  }

  FetchedCommit run() throws IOException {
    try (Conversation talk = talks.apply(repository)) {
      if (revision.commit() != null) {
        ObjectId commit = commitName(revision.commit());
        return byName(talk, commit);
      }
      Ref tip = talk.fetchTip(tipName()).orElseThrow(this::unknown);
      return fetched(peeled(Objects.requireNonNull(tip.getObjectId())), branch(tip));
    }
  }

  private FetchedCommit byName(Conversation talk, ObjectId commit) throws IOException {
    if (talk.fetchNamed(commit) && has(commit)) {
      return fetched(peeled(commit), revision.branch());
    }
    String name = tipName();
    ObjectId tip =
        Optional.ofNullable(talk.refs(List.of(name)).get(name))
            .map(Ref::getObjectId)
            .orElseThrow(this::unknown);
    for (int depth : DEPTHS) {
      allowance.check();
      if (!talk.fetch(List.of(tip), depth)) {
        throw unknown();
      }
      if (has(commit)) {
        return fetched(peeled(commit), revision.branch());
      }
    }
    throw unknown();
  }

  private boolean has(ObjectId commit) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      return reader.has(commit);
    }
  }

  /// What the tag, the branch or, where none is named, the default branch leads to.
  private String tipName() {
    String name =
        revision.tag() != null
            ? Constants.R_TAGS + revision.tag()
            : revision.branch() != null ? Constants.R_HEADS + revision.branch() : Constants.HEAD;
    if (!name.equals(Constants.HEAD) && !Repository.isValidRefName(name)) {
      throw unknown();
    }
    return name;
  }

  private @Nullable String branch(Ref tip) {
    if (revision.tag() != null) {
      return null;
    }
    if (revision.branch() != null) {
      return revision.branch();
    }
    return tip.isSymbolic() ? Repository.shortenRefName(tip.getTarget().getName()) : null;
  }

  /// The commit that a tag leads to, or the commit itself.
  private ObjectId peeled(ObjectId id) throws IOException {
    ObjectId at = id;
    try (ObjectReader reader = repository.newObjectReader()) {
      for (int tags = 0; tags < TAGS_OF_TAGS_MAX; tags++) {
        ObjectLoader loader = reader.open(at);
        if (loader.getType() == Constants.OBJ_COMMIT) {
          return at;
        }
        if (loader.getType() != Constants.OBJ_TAG) {
          break;
        }
        at = RevTag.parse(loader.getCachedBytes()).getObject().getId();
      }
    }
    throw new IngressFault(
        Reason.REVISION_NOT_FOUND, "What was asked for leads to no commit: " + words() + ".");
  }

  private FetchedCommit fetched(ObjectId commit, @Nullable String branch) throws IOException {
    return new FetchedCommit(repository, commit, branch, allowance);
  }

  private IngressFault unknown() {
    return GitHost.unknownRevision(words());
  }

  private String words() {
    if (revision.commit() != null) {
      return "commit " + revision.commit();
    }
    if (revision.tag() != null) {
      return "tag \"" + revision.tag() + "\"";
    }
    return revision.branch() != null
        ? "branch \"" + revision.branch() + "\""
        : "commits on its default branch";
  }
}
