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

/// Bitbucket Cloud.
final class BitbucketCloudHost implements VcsHost {
  private static final String VERSION = "/2.0";

  private static final IdentifierRule IDENTIFIERS =
      new IdentifierRule(2, 2, Pattern.compile("[A-Za-z0-9._-]+"), "workspace/name");

  private static final HookList HOOKS =
      new HookList(
          Paging.LINKED, "?pagelen=100", "", "values", new HookList.Form("uuid", "url", "PUT"));

  private static final FileList DIFFSTAT =
      new FileList(Paging.LINKED, "values", List.of("new.path", "old.path"));

  private static final Sieve REPOSITORY =
      Sieve.of(
          "full_name",
          "mainbranch.name",
          "links.clone.name",
          "links.clone.href",
          "links.html.href");

  private static final Sieve REPOSITORIES =
      Sieve.of(
          "next",
          "values.full_name",
          "values.mainbranch.name",
          "values.links.clone.name",
          "values.links.clone.href",
          "values.links.html.href");

  private static final CodeFlow LOGIN =
      new CodeFlow(
          "/site/oauth2/authorize",
          "/site/oauth2/access_token",
          Optional.empty(),
          CodeFlow.Style.BASIC);

  @Override
  public boolean verifies(WebhookRequest request, Secret secret) {
    return Signatures.match(request.header("X-Hub-Signature"), Signatures.PREFIX, request, secret);
  }

  @Override
  public String delivery(WebhookRequest request) {
    return request.header("X-Request-UUID").orElseGet(() -> Signatures.digest(request.body()));
  }

  @Override
  public List<VcsEvent> read(WebhookRequest request) {
    return BitbucketCloudEvents.read(request, request.header("X-Event-Key"));
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

  /// A token of OAuth, of a repository or of a workspace; or `user:password` with an app password
  /// or a person's API token.
  @Override
  public GitLogin login(Secret token, @Nullable String user) {
    return BasicLogin.of(token)
        .map(BasicLogin::git)
        .orElseGet(() -> new GitLogin("x-token-auth", token.value(), null));
  }

  @Override
  public boolean hasApi() {
    return true;
  }

  private static HostApi api(HostConnection connection) {
    String base = HostAddress.base(connection.address().apiUrl());
    String root = base.endsWith(VERSION) ? base : base + VERSION;
    return BasicLogin.of(connection.token())
        .map(login -> connection.api(root, "application/json", login.header()))
        .orElseGet(() -> connection.api(root, "application/json"));
  }

  private static Outcome<HostApi> api(HostConnection connection, String identifier) {
    return IDENTIFIERS.guard(identifier, api(connection));
  }

  private static String path(String identifier) {
    return "/repositories/" + Texts.encodedPath(identifier);
  }

  /// Tokens of repositories and workspaces are nobody's, so that Bitbucket refuses this call in the
  /// words that it has for tokens that have ended. Which it is, the first repository will tell.
  @Override
  public Outcome<String> user(HostConnection connection) {
    Outcome<String> answer =
        api(connection)
            .get(
                "/user",
                Sieve.of("username", "nickname", "display_name"),
                user ->
                    user.find("username")
                        .or(() -> user.find("nickname"))
                        .orElseGet(() -> user.required("display_name")));
    boolean isPerhapsNobodys = BasicLogin.of(connection.token()).isEmpty();
    return switch (answer) {
      case Outcome.Failed<String>(Trouble.Refused(String reason)) when isPerhapsNobodys ->
          new Outcome.Failed<>(
              new Trouble.Unsupported("Whose token it is, is not told: " + reason));
      case Outcome<String> known -> known;
    };
  }

  @Override
  public Outcome<Repository> repository(HostConnection connection, String identifier) {
    return api(connection, identifier)
        .then(api -> api.get(path(identifier), REPOSITORY, BitbucketCloudHost::repository));
  }

  private static Repository repository(Fields repository) {
    return new Repository(
        repository.required("full_name"),
        repository.text("mainbranch.name"),
        BitbucketServerEvents.clone(repository, "https"),
        BitbucketServerEvents.clone(repository, "ssh"),
        repository.text("links.html.href"));
  }

  @Override
  public Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page) {
    String sought =
        search.isEmpty()
            ? ""
            : "&q="
                + Texts.encoded(
                    "full_name ~ \"" + search.replace("\\", "").replace("\"", "") + "\"");
    return api(connection)
        .get("/repositories?role=member&pagelen=100" + sought + "&page=" + page, REPOSITORIES)
        .map(answer ->
            new RepositoryPage(
                answer.fields().list("values").stream()
                    .filter(repository -> repository.has("full_name"))
                    .map(BitbucketCloudHost::repository)
                    .toList(),
                answer.fields().has("next") ? OptionalInt.of(page + 1) : OptionalInt.empty()));
  }

  @Override
  public Outcome<String> commit(HostConnection connection, String identifier, String revision) {
    String path = path(identifier) + "/commit/" + Texts.encoded(revision);
    return api(connection, identifier)
        .then(api -> api.get(path, Sieve.of("hash"), commit -> commit.required("hash")));
  }

  @Override
  public Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison) {
    String path =
        path(identifier)
            + switch (comparison) {
              // Answered with a redirect to the other one.
              case OfPullRequest(long number) -> "/pullrequests/" + number + "/diffstat";
              // The newer one comes first here.
              case OfCommits(String base, String head) ->
                  "/diffstat/" + Texts.encoded(head) + ".." + Texts.encoded(base);
            };
    return api(connection, identifier)
        .then(api ->
            DIFFSTAT.read(
                api,
                path,
                "?pagelen=500",
                Sieve.of("next", "values.new.path", "values.old.path"),
                ChangedFiles.MAX));
  }

  @Override
  public Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret) {
    Map<String, Object> hook =
        Map.of(
            "description",
            "Terrarium",
            "url",
            target.toString(),
            "active",
            true,
            "secret",
            secret.value(),
            "events",
            List.of(
                "repo:push",
                "pullrequest:created",
                "pullrequest:updated",
                "pullrequest:fulfilled",
                "pullrequest:rejected"));
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
    BuildStatus build = BuildStatus.ofCloud(status);
    String path = path(identifier) + "/commit/" + Texts.encoded(sha) + "/statuses/build";
    return api(connection, identifier)
        .then(api -> api.send("POST", path, build.body(), Sieve.of(), _ -> build.state()));
  }

  @Override
  public Optional<WebLogin> webLogin() {
    return Optional.of(LOGIN);
  }
}
