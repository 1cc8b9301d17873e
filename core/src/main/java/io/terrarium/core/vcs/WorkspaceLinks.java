package io.terrarium.core.vcs;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.core.workspace.VcsRepoChanges;
import io.terrarium.core.workspace.WorkspaceRepositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Has workspaces follow repositories: what they may follow, and what is done once they do.
public final class WorkspaceLinks implements WorkspaceRepositories {
  private static final int TEXT_CHARACTERS_MAX = 255;
  private static final int WEBHOOK_TOKEN_CHARACTERS = 32;
  private static final int SECRET_BYTES = 32;

  private final ValueCipher cipher;
  private final Ingress ingress;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final RepositoryStore repositories = new RepositoryStore();

  public WorkspaceLinks(ValueCipher cipher, Ingress ingress, Outbox outbox, Clock clock, Ids ids) {
    this.cipher = cipher;
    this.ingress = ingress;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Optional<VcsRepo.Link> settle(
      Handle db, long workspaceKey, @Nullable VcsRepo current, Patch<VcsRepoChanges> changes) {
    return switch (changes) {
      case Patch.Null<VcsRepoChanges> _ -> Optional.empty();
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
    Optional<RepositoryStore.Usable> usable =
        repositories.usable(db, workspaceKey, new OauthTokenId(token));
    if (usable.isEmpty()) {
      problems.add(
          problem(
              "oauth-token-id",
              token.isEmpty()
                  ? "Oauth token can't be blank"
                  : "There is no OAuth token " + token + " that this workspace may use"));
    }
    usable
        .flatMap(found -> found.provider().host().problemWith(identifier))
        .ifPresent(why -> problems.add(problem("identifier", why)));
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    long repository = repository(db, usable.orElseThrow(), identifier);
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
      problems.add(problem("branch", "Branch must be the name of a branch"));
    }
    String tags = text(wanted.tagsRegex(), before.tagsRegex());
    if (!tags.isEmpty()) {
      checkPattern(tags, problems);
    }
    String shown = text(wanted.displayIdentifier(), before.displayIdentifier());
    if (shown.length() > TEXT_CHARACTERS_MAX || shown.indexOf('\0') >= 0) {
      problems.add(
          problem(
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
          problem(
              "tags-regex", "Tags regex must have at most " + TEXT_CHARACTERS_MAX + " characters"));
      return;
    }
    try {
      Pattern.compile(tags);
    } catch (PatternSyntaxException e) {
      problems.add(problem("tags-regex", "Tags regex cannot be read: " + e.getMessage()));
    }
  }

  /// Two who come at once get the same one.
  private long repository(Handle db, RepositoryStore.Usable usable, String identifier) {
    return repositories
        .key(db, usable.tokenKey(), identifier)
        .orElseGet(() -> {
          @Nullable String secret =
              usable.provider().host().hasApi()
                  ? cipher.encryptText(Tokens.hex(SECRET_BYTES))
                  : null;
          VcsRepositoryId id = new VcsRepositoryId(ids.next(VcsRepositoryId.PREFIX));
          repositories.insert(
              db,
              id,
              usable.tokenKey(),
              identifier,
              Tokens.base58(WEBHOOK_TOKEN_CHARACTERS),
              secret,
              clock.instant());
          if (secret != null) {
            outbox.add(db, new Job.RegisterWebhook(id), "", "");
          }
          return repositories.key(db, usable.tokenKey(), identifier).orElseThrow();
        });
  }

  @Override
  public void followed(Handle db, long workspaceKey, VcsRepo.Link link, boolean queuesRun) {
    ingress.fetchNewest(db, workspaceKey, link, queuesRun);
  }

  private static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/vcs-repo/" + attribute);
  }
}
