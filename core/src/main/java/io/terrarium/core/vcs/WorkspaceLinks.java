package io.terrarium.core.vcs;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.core.workspace.VcsRepoChanges;
import io.terrarium.core.workspace.WorkspaceRepositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Has workspaces follow repositories: what they may follow, and what is done once they do.
public final class WorkspaceLinks implements WorkspaceRepositories {
  private static final int TEXT_CHARACTERS_MAX = 255;

  private final Repositories repositories;
  private final Ingress ingress;

  public WorkspaceLinks(Repositories repositories, Ingress ingress) {
    this.repositories = repositories;
    this.ingress = ingress;
  }

  @Override
  public Optional<VcsRepo.Link> settle(
      Handle db, long workspaceKey, @Nullable VcsRepo current, Patch<VcsRepoChanges> changes) {
    return switch (changes) {
      case Patch.Null<VcsRepoChanges> _ -> {
        left(db, workspaceKey);
        yield Optional.empty();
      }
      case Patch.Absent<VcsRepoChanges> _ -> Optional.ofNullable(current).map(VcsRepo::link);
      case Patch.Value<VcsRepoChanges>(VcsRepoChanges wanted) ->
          Optional.of(settled(db, workspaceKey, current, wanted));
    };
  }

  private VcsRepo.Link settled(
      Handle db, long workspaceKey, @Nullable VcsRepo current, VcsRepoChanges wanted) {
    List<Fault.Problem> problems = new ArrayList<>();
    String identifier =
        wanted.identifier().over(current == null ? "" : current.identifier(), "").strip();
    String token =
        wanted.oauthTokenId().over(current == null ? "" : current.token().value(), "").strip();
    VcsRepo.Link link = link(current, wanted, problems);
    long repository =
        repositories.forWorkspace(db, workspaceKey, token, identifier, problems).key();
    if (current != null && current.link().repositoryKey() != repository) {
      left(db, workspaceKey);
    }
    return new VcsRepo.Link(
        repository,
        link.displayIdentifier(),
        link.branch(),
        link.ingressSubmodules(),
        link.tagsRegex());
  }

  /// All but the repository.
  private static VcsRepo.Link link(
      @Nullable VcsRepo current, VcsRepoChanges wanted, List<Fault.Problem> problems) {
    VcsRepo.Link before =
        current == null ? new VcsRepo.Link(0, null, "", false, null) : current.link();
    String branch = wanted.branch().over(before.branch(), "").strip();
    if (branch.length() > TEXT_CHARACTERS_MAX || !BranchName.isPossible(branch)) {
      problems.add(Repositories.problem("branch", "Branch must be the name of a branch"));
    }
    String tags = text(wanted.tagsRegex(), before.tagsRegex());
    if (!tags.isEmpty()) {
      checkPattern(tags, problems);
    }
    String shown = text(wanted.displayIdentifier(), before.displayIdentifier());
    if (shown.length() > TEXT_CHARACTERS_MAX || shown.indexOf('\0') >= 0) {
      problems.add(
          Repositories.problem(
              "display-identifier",
              "Display identifier must have at most " + TEXT_CHARACTERS_MAX + " characters"));
    }
    return new VcsRepo.Link(
        before.repositoryKey(),
        shown.isEmpty() ? null : shown,
        branch,
        wanted.ingressSubmodules().over(before.ingressSubmodules(), false),
        tags.isEmpty() ? null : tags);
  }

  private static String text(Patch<String> wanted, @Nullable String before) {
    return wanted.over(before == null ? "" : before, "").strip();
  }

  /// Expressions that take time beyond the length of a tag are none of this kind.
  private static void checkPattern(String tags, List<Fault.Problem> problems) {
    if (tags.length() > TEXT_CHARACTERS_MAX) {
      problems.add(
          Repositories.problem(
              "tags-regex", "Tags regex must have at most " + TEXT_CHARACTERS_MAX + " characters"));
      return;
    }
    try {
      Pattern.compile(tags);
    } catch (PatternSyntaxException e) {
      problems.add(
          Repositories.problem("tags-regex", "Tags regex cannot be read: " + e.getMessage()));
    }
  }

  /// The job that looks whether anybody else follows it runs once this has been committed.
  @Override
  public void left(Handle db, long workspaceKey) {
    repositories.leftByWorkspace(db, workspaceKey);
  }

  @Override
  public boolean hasFailed(Handle db, long workspaceKey) {
    return ingress.hasFailed(db, workspaceKey);
  }

  @Override
  public void followed(Handle db, long workspaceKey, VcsRepo.Link link, boolean queuesRun) {
    ingress.fetchNewest(db, workspaceKey, link, queuesRun);
  }
}
