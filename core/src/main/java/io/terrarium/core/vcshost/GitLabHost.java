package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.core.vcshost.CommitStatus.State;
import io.terrarium.core.vcshost.Comparison.OfCommits;
import io.terrarium.core.vcshost.Comparison.OfPullRequest;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// GitLab, hosted or not, of either edition.
final class GitLabHost implements VcsHost {
  private static final int STATUS_CHARACTERS_MAX = 255;

  /// `diff_max_files` of an instance, unless it was raised.
  private static final int FILES_MAX = 1_000;

  /// Groups can be twenty deep.
  private static final IdentifierRule IDENTIFIERS =
      new IdentifierRule(
          2, 22, Pattern.compile("[A-Za-z0-9_.+-]+"), "group/name, or group/subgroup/name,");

  private static final HookList HOOKS =
      new HookList(
          Paging.NUMBERED, "?per_page=100&page=", "1", "", new HookList.Form("id", "url", "PUT"));

  private static final FileList DIFFS =
      new FileList(Paging.NUMBERED, "", List.of("new_path", "old_path"));

  private static final Sieve PROJECT =
      Sieve.of(
          "path_with_namespace",
          "default_branch",
          "http_url_to_repo",
          "ssh_url_to_repo",
          "web_url");

  private static final Map<State, String> WORDS =
      Map.of(
          State.PENDING, "pending",
          State.RUNNING, "running",
          State.SUCCESS, "success",
          State.FAILURE, "failed",
          State.ERROR, "failed",
          State.CANCELED, "canceled");

  private static final CodeFlow LOGIN =
      new CodeFlow("/oauth/authorize", "/oauth/token", Optional.of("api"), CodeFlow.Style.FORM);

  @Override
  public boolean verifies(WebhookRequest request, Secret secret) {
    return !secret.value().isEmpty()
        && request
            .header("X-Gitlab-Token")
            .filter(token -> Tokens.same(token, secret.value()))
            .isPresent();
  }

  /// `X-Gitlab-Event-UUID` is no help: hooks that one push sets off share it.
  @Override
  public String delivery(WebhookRequest request) {
    return request.header("Idempotency-Key").orElseGet(() -> Signatures.digest(request.body()));
  }

  @Override
  public List<VcsEvent> read(WebhookRequest request) {
    return GitLabEvents.read(request, request.header("X-Gitlab-Event"));
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
    return new GitLogin("oauth2", token.value(), null);
  }

  @Override
  public boolean hasApi() {
    return true;
  }

  private static HostApi api(HostConnection connection) {
    return connection.api(HostAddress.base(connection.address().apiUrl()), "application/json");
  }

  private static Outcome<HostApi> api(HostConnection connection, String identifier) {
    return IDENTIFIERS.guard(identifier, api(connection));
  }

  /// A project's path counts as its id, its slashes encoded.
  private static String path(String identifier) {
    return "/projects/" + Texts.encoded(identifier);
  }

  @Override
  public Outcome<String> user(HostConnection connection) {
    return api(connection).get("/user", Sieve.of("username"), user -> user.required("username"));
  }

  @Override
  public Outcome<Repository> repository(HostConnection connection, String identifier) {
    return api(connection, identifier)
        .then(api -> api.get(path(identifier), PROJECT, GitLabHost::repository));
  }

  private static Repository repository(Fields project) {
    return new Repository(
        project.required("path_with_namespace"),
        project.text("default_branch"),
        project.text("http_url_to_repo"),
        project.text("ssh_url_to_repo"),
        project.text("web_url"));
  }

  @Override
  public Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page) {
    String sought =
        search.isEmpty() ? "" : "&search_namespaces=true&search=" + Texts.encoded(search);
    return api(connection)
        .get(
            "/projects?membership=true&simple=true&order_by=id&sort=asc&per_page=100"
                + sought
                + "&page="
                + page,
            PROJECT)
        .map(answer ->
            new RepositoryPage(
                answer.fields().list("").stream()
                    .filter(project -> project.has("path_with_namespace"))
                    .map(GitLabHost::repository)
                    .toList(),
                answer.hasNextLink() ? OptionalInt.of(page + 1) : OptionalInt.empty()));
  }

  @Override
  public Outcome<String> commit(HostConnection connection, String identifier, String revision) {
    String path = path(identifier) + "/repository/commits/" + Texts.encoded(revision);
    return api(connection, identifier)
        .then(api -> api.get(path, Sieve.of("id"), commit -> commit.required("id")));
  }

  @Override
  public Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison) {
    return api(connection, identifier)
        .then(api ->
            switch (comparison) {
              case OfPullRequest(long number) ->
                  DIFFS.read(
                      api,
                      path(identifier) + "/merge_requests/" + number + "/diffs?per_page=100&page=",
                      "1",
                      Sieve.of("new_path", "old_path"),
                      FILES_MAX);
              case OfCommits(String base, String head) ->
                  api.get(
                          path(identifier)
                              + "/repository/compare?from="
                              + Texts.encoded(base)
                              + "&to="
                              + Texts.encoded(head)
                              // Also what a rewritten branch has lost.
                              + "&straight=true",
                          Sieve.of("diffs.new_path", "diffs.old_path", "compare_timeout"))
                      .map(GitLabHost::compared);
            });
  }

  private static ChangedFiles compared(Answer answer) {
    List<Fields> diffs = answer.fields().list("diffs");
    return ChangedFiles.of(
        DIFFS.names(diffs),
        answer.isWhole()
            && answer.fields().has("diffs")
            && !answer.fields().is("compare_timeout")
            && diffs.size() < FILES_MAX);
  }

  @Override
  public Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret) {
    Map<String, Object> hook =
        Map.of(
            "url",
            target.toString(),
            "token",
            secret.value(),
            "push_events",
            true,
            "tag_push_events",
            true,
            "merge_requests_events",
            true,
            "enable_ssl_verification",
            true);
    return api(connection, identifier)
        .then(api -> HOOKS.register(api, path(identifier) + "/hooks", target, hook));
  }

  @Override
  public Outcome<Boolean> removeHook(HostConnection connection, String identifier, URI target) {
    return api(connection, identifier)
        .then(api -> HOOKS.remove(api, path(identifier) + "/hooks", target));
  }

  @Override
  public Outcome<String> postStatus(
      HostConnection connection, String identifier, String sha, CommitStatus status) {
    String word = WORDS.getOrDefault(status.state(), "failed");
    Map<String, String> body =
        Map.of(
            "state",
            word,
            "name",
            Texts.cut(status.context(), STATUS_CHARACTERS_MAX),
            "description",
            Texts.cut(status.description(), STATUS_CHARACTERS_MAX),
            "target_url",
            status.target().toString());
    Outcome<String> posted =
        api(connection, identifier)
            .then(api ->
                api.send(
                    "POST",
                    path(identifier) + "/statuses/" + Texts.encoded(sha),
                    body,
                    Sieve.of(),
                    _ -> word));
    return posted instanceof Outcome.Failed<String>(Trouble.Rejected(String reason))
            && isShownAlready(reason, word)
        ? new Outcome.Done<>(word)
        : posted;
  }

  /// GitLab refuses to say the same state twice, and to go back from `running` to `pending`. A job
  /// that runs again, or late, asks for both.
  private static boolean isShownAlready(String refusal, String word) {
    return refusal.contains("Cannot transition status via")
        && (refusal.contains(" from :" + word)
            || (word.equals("pending") && refusal.contains(" from :running")));
  }

  @Override
  public Optional<WebLogin> webLogin() {
    return Optional.of(LOGIN);
  }
}
