package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.core.vcshost.Comparison.OfCommits;
import io.terrarium.core.vcshost.Comparison.OfPullRequest;
import io.terrarium.kernel.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// GitHub, Gitea and Forgejo.
record HubHost(HubDialect dialect) implements VcsHost {
  /// GitHub tells of no more, whoever asks.
  private static final int PULL_REQUEST_FILES_MAX = 3_000;

  private static final int COMPARISON_FILES_MAX = 300;

  private static final Sieve COMPARISON =
      Sieve.of(
          "total_commits",
          "behind_by",
          "files.filename",
          "files.previous_filename",
          "commits.files.filename",
          "commits.files.previous_filename");

  private static final IdentifierRule IDENTIFIERS =
      new IdentifierRule(2, 2, Pattern.compile("[A-Za-z0-9._-]+"), "owner/name");

  private static final HookList HOOKS =
      new HookList(Paging.NUMBERED, "", "1", "", new HookList.Form("id", "config.url", "PATCH"));

  private static final FileList FILES =
      new FileList(Paging.NUMBERED, "", List.of("filename", "previous_filename"));

  private static final Sieve REPOSITORY =
      Sieve.of("full_name", "default_branch", "clone_url", "ssh_url", "html_url");

  @Override
  public boolean verifies(WebhookRequest request, Secret secret) {
    return dialect.signatureHeaders().entrySet().stream()
        .anyMatch(header ->
            Signatures.match(request.header(header.getKey()), header.getValue(), request, secret));
  }

  @Override
  public String delivery(WebhookRequest request) {
    return request
        .header(dialect.deliveryHeaders().toArray(String[]::new))
        .orElseGet(() -> Signatures.digest(request.body()));
  }

  @Override
  public List<VcsEvent> read(WebhookRequest request) {
    return HubEvents.read(request, request.header(dialect.eventHeaders().toArray(String[]::new)));
  }

  @Override
  public Optional<String> problemWith(String identifier) {
    return IDENTIFIERS.problemWith(identifier);
  }

  @Override
  public URI cloneUrl(HostAddress address, String identifier) {
    return URI.create(
        HostAddress.base(address.httpUrl()) + "/" + Texts.encodedPath(identifier) + ".git");
  }

  @Override
  public GitLogin login(Secret token, @Nullable String user) {
    return new GitLogin("x-access-token", token.value(), null);
  }

  @Override
  public boolean hasApi() {
    return true;
  }

  private HostApi api(HostConnection connection) {
    return connection.api(HostAddress.base(connection.address().apiUrl()), dialect.accept());
  }

  private Outcome<HostApi> api(HostConnection connection, String identifier) {
    return IDENTIFIERS.guard(identifier, api(connection));
  }

  private static String path(String identifier) {
    return "/repos/" + Texts.encodedPath(identifier);
  }

  @Override
  public Outcome<String> user(HostConnection connection) {
    return api(connection).get("/user", Sieve.of("login"), user -> user.required("login"));
  }

  @Override
  public Outcome<Repository> repository(HostConnection connection, String identifier) {
    return api(connection, identifier)
        .then(api -> api.get(path(identifier), REPOSITORY, HubEvents::repository));
  }

  /// Neither host can search among a person's own.
  @Override
  public Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page) {
    String sought = search.toLowerCase(Locale.ROOT);
    return api(connection)
        .get("/user/repos?" + dialect.pageSize() + "&page=" + page, REPOSITORY)
        .map(answer ->
            new RepositoryPage(
                answer.fields().list("").stream()
                    .filter(repository -> repository.find("full_name").isPresent())
                    .map(HubEvents::repository)
                    .filter(repository ->
                        repository.identifier().toLowerCase(Locale.ROOT).contains(sought))
                    .toList(),
                answer.hasNextLink() ? OptionalInt.of(page + 1) : OptionalInt.empty()));
  }

  @Override
  public Outcome<String> commit(HostConnection connection, String identifier, String revision) {
    String path = path(identifier) + dialect.commits() + Texts.encoded(revision);
    return api(connection, identifier)
        .then(api -> api.get(path, Sieve.of("sha"), commit -> commit.required("sha")));
  }

  @Override
  public Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison) {
    return api(connection, identifier)
        .then(api ->
            switch (comparison) {
              case OfPullRequest(long number) ->
                  FILES.read(
                      api,
                      path(identifier)
                          + "/pulls/"
                          + number
                          + "/files?"
                          + dialect.pageSize()
                          + "&page=",
                      "1",
                      Sieve.of("filename", "previous_filename"),
                      PULL_REQUEST_FILES_MAX);
              case OfCommits(String base, String head) ->
                  api.get(
                          path(identifier)
                              + "/compare/"
                              + Texts.encoded(base)
                              + "..."
                              + Texts.encoded(head),
                          COMPARISON)
                      .map(this::compared);
            });
  }

  private ChangedFiles compared(Answer answer) {
    Fields comparison = answer.fields();
    List<Fields> commits = comparison.list("commits");
    List<Fields> files =
        dialect.isComparedByCommit()
            ? commits.stream().flatMap(commit -> commit.list("files").stream()).toList()
            : comparison.list("files");
    boolean areAllTold =
        dialect.isComparedByCommit()
            // Releases that tell commits without their files are no help, nor is a branch that was
            // set back.
            ? commits.size() == comparison.number("total_commits", -1) && !files.isEmpty()
            // What a rewritten branch has lost is not among the files.
            : comparison.has("files")
                && files.size() < COMPARISON_FILES_MAX
                && comparison.number("behind_by", 0) == 0;
    return ChangedFiles.of(FILES.names(files), areAllTold && answer.isWhole());
  }

  @Override
  public Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret) {
    return api(connection, identifier)
        .then(api ->
            hooks()
                .register(
                    api,
                    path(identifier) + "/hooks",
                    target,
                    dialect.hook().body(target, secret.value())));
  }

  @Override
  public Outcome<Boolean> removeHook(HostConnection connection, String identifier, URI target) {
    return api(connection, identifier)
        .then(api -> hooks().remove(api, path(identifier) + "/hooks", target));
  }

  private HookList hooks() {
    return HOOKS.paged("?" + dialect.pageSize() + "&page=");
  }

  @Override
  public Outcome<String> postStatus(
      HostConnection connection, String identifier, String sha, CommitStatus status) {
    String word = dialect.words().getOrDefault(status.state(), "error");
    Map<String, String> body =
        Map.of(
            "state",
            word,
            "context",
            status.context(),
            "description",
            Texts.cut(status.description(), dialect.descriptionMax()),
            "target_url",
            status.target().toString());
    return api(connection, identifier)
        .then(api ->
            api.send(
                "POST",
                path(identifier) + "/statuses/" + Texts.encoded(sha),
                body,
                Sieve.of(),
                _ -> word));
  }

  @Override
  public Optional<WebLogin> webLogin() {
    return Optional.of(dialect.login());
  }
}
