package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.core.vcshost.Comparison.OfCommits;
import io.terrarium.core.vcshost.Comparison.OfPullRequest;
import io.terrarium.kernel.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bitbucket Server and Data Center.
final class BitbucketServerHost implements VcsHost {
  private static final int PAGE_SIZE = 100;

  /// A project's key and a name; `~` and the user's name is a person's project.
  private static final IdentifierRule IDENTIFIERS =
      new IdentifierRule(2, 2, Pattern.compile("~?[A-Za-z0-9._-]+"), "PROJECT/name or ~user/name");

  private static final HookList HOOKS =
      new HookList(
          Paging.STARTING,
          "?limit=100&start=",
          "0",
          "values",
          new HookList.Form("id", "url", "PUT"));

  private static final FileList CHANGES =
      new FileList(Paging.STARTING, "values", List.of("path.toString", "srcPath.toString"));

  private static final Sieve CHANGE =
      Sieve.of("isLastPage", "nextPageStart", "values.path.toString", "values.srcPath.toString");

  private static final Sieve REPOSITORY =
      Sieve.of("slug", "project.key", "links.clone.name", "links.clone.href", "links.self.href");

  private static final Sieve REPOSITORIES =
      Sieve.of(
          "isLastPage",
          "values.slug",
          "values.project.key",
          "values.links.clone.name",
          "values.links.clone.href",
          "values.links.self.href");

  @Override
  public boolean verifies(WebhookRequest request, Secret secret) {
    return Signatures.match(request.header("X-Hub-Signature"), Signatures.PREFIX, request, secret);
  }

  @Override
  public String delivery(WebhookRequest request) {
    return request.header("X-Request-Id").orElseGet(() -> Signatures.digest(request.body()));
  }

  @Override
  public List<VcsEvent> read(WebhookRequest request) {
    return BitbucketServerEvents.read(request, request.header("X-Event-Key"));
  }

  @Override
  public Optional<String> problemWith(String identifier) {
    return IDENTIFIERS.problemWith(identifier);
  }

  @Override
  public URI cloneUrl(HostAddress address, String identifier) {
    return URI.create(
        HostAddress.base(address.httpUrl()) + "/scm/" + Texts.encodedPath(identifier) + ".git");
  }

  /// Over Git a person's token stands for their password, so their name must go with it; tokens of
  /// projects and repositories are not let in so.
  @Override
  public GitLogin login(Secret token, @Nullable String user) {
    return new GitLogin(user == null ? "x-token-auth" : user, token.value(), null);
  }

  @Override
  public boolean hasApi() {
    return true;
  }

  /// @param below `rest`, whose parts have versions of their own
  private static HostApi api(HostConnection connection, String below) {
    String root =
        HostAddress.base(connection.address().apiUrl()).replaceAll("/rest(/api(/[^/]+)?)?$", "");
    return connection.api(root + below, "application/json");
  }

  private static Outcome<HostApi> guarded(HostConnection connection, String identifier) {
    return IDENTIFIERS.guard(identifier, api(connection, "/rest/api/1.0"));
  }

  private static String path(String identifier) {
    String[] parts = identifier.split("/", 2);
    return "/projects/" + Texts.encoded(parts[0]) + "/repos/" + Texts.encoded(parts[1]);
  }

  /// A page of text, empty for a token that nobody has.
  @Override
  public Outcome<String> user(HostConnection connection) {
    return api(connection, "/plugins/servlet")
        .line("/applinks/whoami")
        .then(name ->
            name.isEmpty()
                ? new Outcome.Failed<>(new Trouble.Refused("The host does not know the token."))
                : new Outcome.Done<>(name));
  }

  @Override
  public Outcome<Repository> repository(HostConnection connection, String identifier) {
    return guarded(connection, identifier)
        .then(api ->
            api.get(path(identifier), REPOSITORY, BitbucketServerEvents::repository)
                .then(repository -> withDefaultBranch(api, repository)));
  }

  /// An empty repository has none.
  private static Outcome<Repository> withDefaultBranch(HostApi api, Repository repository) {
    Outcome<Optional<String>> branch =
        api.get(
            path(repository.identifier()) + "/branches/default",
            Sieve.of("displayId"),
            told -> told.find("displayId"));
    return switch (branch) {
      case Outcome.Done<Optional<String>>(Optional<String> name) ->
          new Outcome.Done<>(repository.onBranch(name.orElse(null)));
      case Outcome.Failed<Optional<String>>(Trouble.NotFound _) -> new Outcome.Done<>(repository);
      case Outcome.Failed<Optional<String>>(Trouble trouble) -> new Outcome.Failed<>(trouble);
    };
  }

  @Override
  public Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page) {
    String sought = search.isEmpty() ? "" : "&name=" + Texts.encoded(search);
    return api(connection, "/rest/api/1.0")
        .get(
            "/repos?limit=" + PAGE_SIZE + sought + "&start=" + (page - 1) * PAGE_SIZE, REPOSITORIES)
        .map(answer ->
            new RepositoryPage(
                answer.fields().list("values").stream()
                    .filter(repository -> repository.has("slug") && repository.has("project.key"))
                    .map(BitbucketServerEvents::repository)
                    .toList(),
                answer.fields().is("isLastPage") ? OptionalInt.empty() : OptionalInt.of(page + 1)));
  }

  @Override
  public Outcome<String> commit(HostConnection connection, String identifier, String revision) {
    return guarded(connection, identifier)
        .then(api ->
            api.get(
                path(identifier) + "/commits/" + Texts.encoded(revision),
                Sieve.of("id"),
                commit -> commit.required("id")));
  }

  @Override
  public Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison) {
    String below =
        switch (comparison) {
          case OfPullRequest(long number) ->
              "/pull-requests/" + number + "/changes?limit=1000&start=";
          case OfCommits(String base, String head) ->
              "/compare/changes?from="
                  + Texts.encoded(head)
                  + "&to="
                  + Texts.encoded(base)
                  + "&limit=1000&start=";
        };
    return guarded(connection, identifier)
        .then(api -> CHANGES.read(api, path(identifier) + below, "0", CHANGE, ChangedFiles.MAX));
  }

  @Override
  public Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret) {
    Map<String, Object> hook =
        Map.of(
            "name",
            "Terrarium",
            "url",
            target.toString(),
            "active",
            true,
            "configuration",
            Map.of("secret", secret.value()),
            "events",
            List.of(
                "repo:refs_changed",
                "pr:opened",
                "pr:from_ref_updated",
                "pr:modified",
                "pr:merged",
                "pr:declined",
                "pr:deleted"));
    return guarded(connection, identifier)
        .then(api -> HOOKS.register(api, path(identifier) + "/webhooks", target, hook));
  }

  @Override
  public Outcome<Boolean> removeHook(HostConnection connection, String identifier, URI target) {
    return guarded(connection, identifier)
        .then(api -> HOOKS.remove(api, path(identifier) + "/webhooks", target));
  }

  @Override
  public Outcome<String> postStatus(
      HostConnection connection, String identifier, String sha, CommitStatus status) {
    BuildStatus build = BuildStatus.ofServer(status);
    return guarded(connection, identifier)
        .then(api ->
            api.send(
                "POST",
                path(identifier) + "/commits/" + Texts.encoded(sha) + "/builds",
                build.body(),
                Sieve.of(),
                _ -> build.state()));
  }

  /// Only OAuth 1 is in all releases; a token that is given directly does.
  @Override
  public Optional<WebLogin> webLogin() {
    return Optional.empty();
  }
}
