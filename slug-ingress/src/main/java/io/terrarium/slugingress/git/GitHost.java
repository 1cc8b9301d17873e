package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/// What a Git host is asked for one repository. Every question opens connections of its own.
public final class GitHost {
  private final GitSource source;
  private final WayOut out;
  private final Allowance allowance;
  private final Path directory;

  /// @param directory for what is fetched
  public GitHost(GitSource source, WayOut out, Allowance allowance, Path directory) {
    this.source = source;
    this.out = out;
    this.allowance = allowance;
    this.directory = directory;
  }

  /// The branches and tags, as `git ls-remote` lists them.
  public Refs refs() {
    try (FetchedRepository repository = FetchedRepository.create(directory, allowance);
        Conversation talk = talk(repository)) {
      Map<String, Ref> all = talk.refs(List.of(Constants.R_HEADS, Constants.R_TAGS));
      return new Refs(
          Refs.VERSION,
          defaultBranch(all).orElse(null),
          commits(all, Constants.R_HEADS),
          commits(all, Constants.R_TAGS));
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static Map<String, String> commits(Map<String, Ref> all, String prefix) {
    Map<String, String> commits = new TreeMap<>();
    all.forEach((name, ref) -> {
      ObjectId id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
      if (name.startsWith(prefix) && id != null) {
        commits.put(name.substring(prefix.length()), id.name());
      }
    });
    return commits;
  }

  private static Optional<String> defaultBranch(Map<String, Ref> all) {
    Ref head = all.get(Constants.HEAD);
    if (head == null || !head.isSymbolic()) {
      return Optional.empty();
    }
    return Optional.of(Repository.shortenRefName(head.getTarget().getName()));
  }

  /// Fetches one commit, and nothing before it.
  public FetchedCommit fetch(GitRevision revision) {
    FetchedRepository repository = create();
    try {
      return new Fetch(repository, this::talk, revision, allowance).run();
    } catch (IOException e) {
      repository.close();
      allowance.check();
      throw repository.broken("what came is no commit", e);
    } catch (RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /// The files that differ between two commits.
  public Changes changes(String base, String head) {
    ObjectId from = Fetch.commitName(base);
    ObjectId to = Fetch.commitName(head);
    try (FetchedRepository repository = create()) {
      try (Conversation talk = talk(repository)) {
        talk.fetchTrees(List.of(from, to));
      }
      return TreeChanges.between(repository, from, to, allowance);
    }
  }

  private FetchedRepository create() {
    try {
      return FetchedRepository.create(directory, allowance);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static RuntimeException noRoom(IOException e) {
    return new io.terrarium.kernel.Fault.Unavailable(
        "There is no room for what is fetched: " + e.getMessage(), e);
  }

  private Conversation talk(FetchedRepository repository) {
    return new Conversation(source, out, allowance, repository);
  }

  static IngressFault unknownRevision(String what) {
    return new IngressFault(Reason.REVISION_NOT_FOUND, "The repository has no " + what + ".");
  }
}
