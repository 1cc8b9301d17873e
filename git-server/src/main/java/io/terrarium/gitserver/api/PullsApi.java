package io.terrarium.gitserver.api;

import io.terrarium.gitserver.happening.Happening;
import io.terrarium.gitserver.happening.Happenings;
import io.terrarium.gitserver.pull.Pull;
import io.terrarium.gitserver.pull.PullDocument;
import io.terrarium.gitserver.pull.Pulls;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.ListPage;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryDocument;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.gitserver.repository.Visitor;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/// Pull requests in Gitea's API, between branches of one repository.
public final class PullsApi {
  private static final int TITLE_CHARACTERS_MAX = 255;
  private static final int BODY_CHARACTERS_MAX = 65_536;

  private final Repositories repositories;
  private final Happenings happenings;
  private final Addresses addresses;
  private final Clock clock;

  public PullsApi(
      Repositories repositories, Happenings happenings, Addresses addresses, Clock clock) {
    this.repositories = repositories;
    this.happenings = happenings;
    this.addresses = addresses;
    this.clock = clock;
  }

  record Wanted(String head, String base, String title, @Nullable String body) {}

  record Change(@Nullable String state) {}

  /// @param repository path of one
  public void mount(Api api, String repository) {
    api.get(repository + "/pulls", this::list);
    api.post(repository + "/pulls", this::open);
    api.get(repository + "/pulls/:number", this::show);
    api.get(repository + "/pulls/:number/files", this::files);
    api.patch(repository + "/pulls/:number", this::change);
  }

  private HostedRepository repository(Call call) {
    return repositories.get(RepositoryName.of(call.path("owner"), call.path("name")));
  }

  private Pull pull(HostedRepository repository, Call call) {
    return ListPage.number(call.path("number"))
        .flatMap(number -> new Pulls(repository).find(number))
        .orElseThrow(() ->
            new Fault.NotFound("The repository has no pull request " + call.path("number") + "."));
  }

  private PullDocument document(HostedRepository repository, Pull pull) {
    return PullDocument.of(
        pull, repository.name(), RepositoryDocument.of(repository, addresses), addresses);
  }

  private Reply list(Call call) {
    HostedRepository repository = repository(call);
    String state = call.query("state").orElse("open");
    if (!List.of("open", "closed", "all").contains(state)) {
      throw new Fault.BadRequest("state must be open, closed or all.");
    }
    List<Pull> wanted =
        new Pulls(repository)
            .all().stream()
                .filter(pull -> state.equals("all") || pull.isOpen() == state.equals("open"))
                .toList();
    return ListPage.of(call).of(wanted, pull -> document(repository, pull));
  }

  private Reply show(Call call) {
    HostedRepository repository = repository(call);
    return Reply.json(200, document(repository, pull(repository, call)));
  }

  private Reply files(Call call) {
    HostedRepository repository = repository(call);
    Pull pull = pull(repository, call);
    try (History history = History.of(repository)) {
      Optional<RevCommit> head = history.commit(ObjectId.fromString(pull.headSha()));
      Optional<RevCommit> base = history.commit(ObjectId.fromString(pull.baseSha()));
      if (head.isEmpty() || base.isEmpty()) {
        throw new Fault.NotFound("The commits of this pull request are gone.");
      }
      return ListPage.of(call).of(history.changesSinceParting(base.get(), head.get()).documents());
    }
  }

  private Reply open(Call call) {
    HostedRepository repository = repository(call);
    Wanted wanted = call.json(Wanted.class);
    String body = Optional.ofNullable(wanted.body()).orElse("");
    if (wanted.title().isBlank()
        || wanted.title().length() > TITLE_CHARACTERS_MAX
        || body.length() > BODY_CHARACTERS_MAX) {
      throw new Fault.Invalid(
          "title",
          "A pull request has a title of at most %d characters, and a body of at most %d."
              .formatted(TITLE_CHARACTERS_MAX, BODY_CHARACTERS_MAX));
    }
    String author = Visitor.of(call).login();
    return Reply.json(
        201,
        repository.inTurn(() -> document(repository, opened(repository, wanted, body, author))));
  }

  private Pull opened(HostedRepository repository, Wanted wanted, String body, String author) {
    Pulls pulls = new Pulls(repository);
    List<Pull> all = pulls.all();
    if (all.size() >= Pulls.PULLS_MAX) {
      throw new Fault.Conflict(
          "A repository has at most " + Pulls.PULLS_MAX + " pull requests here.");
    }
    if (wanted.head().equals(wanted.base())) {
      throw new Fault.Invalid("head", "head and base must be two branches.");
    }
    if (all.stream().filter(Pull::isOpen).anyMatch(pull -> isSame(pull, wanted))) {
      throw new Fault.Conflict("There is an open pull request for these branches.");
    }
    Pull pull =
        new Pull(
            all.isEmpty() ? 1 : all.getFirst().number() + 1,
            wanted.title(),
            body,
            author,
            wanted.head(),
            tip(repository, wanted.head()),
            wanted.base(),
            tip(repository, wanted.base()),
            false,
            null,
            clock.instant(),
            clock.instant());
    happenings.announce(repository, new Happening.PullChanged(author, pull.number(), "opened"));
    pulls.keep(pull);
    happenings.settle(repository);
    return pull;
  }

  private static boolean isSame(Pull pull, Wanted wanted) {
    return pull.head().equals(wanted.head()) && pull.base().equals(wanted.base());
  }

  private static String tip(HostedRepository repository, String branch) {
    try (History history = History.of(repository)) {
      return history
          .at(Constants.R_HEADS + branch)
          .orElseThrow(() ->
              new Fault.NotFound("The repository has no branch " + branch + "; push it first."))
          .name();
    }
  }

  /// Closes or reopens one.
  private Reply change(Call call) {
    HostedRepository repository = repository(call);
    String state = Optional.ofNullable(call.json(Change.class).state()).orElse("");
    if (!List.of("open", "closed").contains(state)) {
      throw new Fault.Invalid("state", "state must be open or closed; nothing else is changed.");
    }
    String sender = Visitor.of(call).login();
    return Reply.json(
        200,
        repository.inTurn(() -> {
          Pull pull = pull(repository, call);
          boolean isChanged = pull.isOpen() != state.equals("open");
          return document(repository, isChanged ? changed(repository, pull, sender) : pull);
        }));
  }

  private Pull changed(HostedRepository repository, Pull pull, String sender) {
    if (pull.isMerged()) {
      throw new Fault.Conflict("This pull request is merged.");
    }
    String action = pull.isOpen() ? "closed" : "reopened";
    String head = pull.isOpen() ? pull.headSha() : tip(repository, pull.head());
    String base = pull.isOpen() ? pull.baseSha() : tip(repository, pull.base());
    String by =
        happenings.announce(repository, new Happening.PullChanged(sender, pull.number(), action));
    Pull changed =
        pull.isOpen()
            ? pull.closed(false, by, clock.instant())
            : pull.reopened(head, base, clock.instant());
    new Pulls(repository).keep(changed);
    happenings.settle(repository);
    return changed;
  }
}
