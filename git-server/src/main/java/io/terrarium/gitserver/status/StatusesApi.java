package io.terrarium.gitserver.status;

import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import io.terrarium.gitserver.repository.ListPage;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Statuses of commits in Gitea's API, a file for each commit that has any.
public final class StatusesApi {
  private static final Set<String> STATES =
      Set.of("pending", "success", "error", "failure", "warning");

  /// Of a commit; older ones go.
  private static final int KEPT_MAX = 200;

  private static final int TEXT_CHARACTERS_MAX = 2_000;

  private final Repositories repositories;
  private final Clock clock;

  public StatusesApi(Repositories repositories, Clock clock) {
    this.repositories = repositories;
    this.clock = clock;
  }

  record Wanted(
      String state,
      @Nullable String context,
      @Nullable String description,
      @Nullable String targetUrl) {}

  /// In the order in which they came.
  record Book(List<CommitStatus> statuses) {
    Book {
      statuses = List.copyOf(statuses);
    }
  }

  /// The newest of each context, and the worst of these as `state`.
  record Combined(String state, String sha, int totalCount, List<CommitStatus> statuses) {}

  /// @param repository path of one
  public void mount(Api api, String repository) {
    api.post(repository + "/statuses/:sha", this::add);
    api.get(repository + "/statuses/:sha", this::list);
    api.get(repository + "/commits/:sha/statuses", this::list);
    api.get(repository + "/commits/:sha/status", this::combined);
  }

  private HostedRepository repository(Call call) {
    return repositories.get(RepositoryName.of(call.path("owner"), call.path("name")));
  }

  private static String sha(HostedRepository repository, Call call) {
    String revision = call.path("sha");
    try (History history = History.of(repository)) {
      return history
          .find(revision)
          .orElseThrow(() -> new Fault.NotFound("The repository has no commit " + revision + "."))
          .name();
    }
  }

  private static Path file(HostedRepository repository, String sha) {
    return repository.kept("statuses").resolve(sha + ".json");
  }

  private static List<CommitStatus> of(HostedRepository repository, String sha) {
    return KeptFile.read(file(repository, sha), Book.class).map(Book::statuses).orElse(List.of());
  }

  private Reply add(Call call) {
    HostedRepository repository = repository(call);
    String sha = sha(repository, call);
    Wanted wanted = call.json(Wanted.class);
    if (!STATES.contains(wanted.state())) {
      throw new Fault.Invalid("state", "state must be one of " + STATES.stream().sorted().toList());
    }
    CommitStatus added =
        repository.inTurn(() -> {
          List<CommitStatus> all = new ArrayList<>(of(repository, sha));
          long last = all.isEmpty() ? 0 : all.getLast().id();
          CommitStatus next =
              new CommitStatus(
                  last + 1,
                  wanted.state(),
                  text("context", wanted.context(), "default"),
                  text("description", wanted.description(), ""),
                  wanted.targetUrl() == null ? null : text("target_url", wanted.targetUrl(), ""),
                  clock.instant());
          all.add(next);
          KeptFile.write(
              file(repository, sha),
              new Book(all.subList(Math.max(0, all.size() - KEPT_MAX), all.size())));
          return next;
        });
    return Reply.json(201, added);
  }

  private static String text(String name, @Nullable String given, String otherwise) {
    String text = given == null || given.isEmpty() ? otherwise : given;
    if (text.length() > TEXT_CHARACTERS_MAX) {
      throw new Fault.Invalid(
          name, name + " has more than " + TEXT_CHARACTERS_MAX + " characters.");
    }
    return text;
  }

  /// The newest first.
  private Reply list(Call call) {
    HostedRepository repository = repository(call);
    return ListPage.of(call).of(of(repository, sha(repository, call)).reversed());
  }

  private Reply combined(Call call) {
    HostedRepository repository = repository(call);
    String sha = sha(repository, call);
    Map<String, CommitStatus> newest = new LinkedHashMap<>();
    of(repository, sha).forEach(status -> newest.put(status.context(), status));
    String worst =
        List.of("error", "failure", "pending", "warning", "success").stream()
            .filter(
                state -> newest.values().stream().anyMatch(status -> status.status().equals(state)))
            .findFirst()
            .orElse("pending");
    return Reply.json(200, new Combined(worst, sha, newest.size(), List.copyOf(newest.values())));
  }
}
