package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.kernel.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Any Git server over http or ssh. It has no API; whoever runs it has it call the webhook from a
/// `post-receive` hook.
final class PlainGitHost implements VcsHost {
  private static final int PARTS_MAX = 32;

  private static final IdentifierRule IDENTIFIERS =
      new IdentifierRule(
          1,
          PARTS_MAX,
          Pattern.compile("[\\p{Alnum}~_][\\p{Alnum}._+~ -]*"),
          "by its path below the http-url, such as team/infrastructure.git,");

  @Override
  public boolean verifies(WebhookRequest request, Secret secret) {
    return Signatures.match(
        request.header("X-Hub-Signature-256"), Signatures.PREFIX, request, secret);
  }

  @Override
  public String delivery(WebhookRequest request) {
    return Signatures.digest(request.body());
  }

  @Override
  public List<VcsEvent> read(WebhookRequest request) {
    return PlainGitEvents.read(request);
  }

  @Override
  public Optional<String> problemWith(String identifier) {
    return IDENTIFIERS.problemWith(identifier);
  }

  @Override
  public URI cloneUrl(HostAddress address, String identifier) {
    return URI.create(HostAddress.base(address.httpUrl()) + "/" + Texts.encodedPath(identifier));
  }

  /// `user:password`, or a token, which servers take with any name.
  @Override
  public GitLogin login(Secret token, @Nullable String user) {
    return BasicLogin.of(token)
        .map(BasicLogin::git)
        .orElseGet(() -> new GitLogin(user == null ? "git" : user, token.value(), null));
  }

  @Override
  public boolean hasApi() {
    return false;
  }

  private static <T> Outcome<T> none() {
    return new Outcome.Failed<>(new Trouble.Unsupported("A plain Git server has no API."));
  }

  @Override
  public Outcome<String> user(HostConnection connection) {
    return none();
  }

  @Override
  public Outcome<Repository> repository(HostConnection connection, String identifier) {
    return none();
  }

  @Override
  public Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page) {
    return none();
  }

  @Override
  public Outcome<String> commit(HostConnection connection, String identifier, String revision) {
    return none();
  }

  @Override
  public Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison) {
    return none();
  }

  @Override
  public Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret) {
    return none();
  }

  @Override
  public Outcome<Boolean> removeHook(HostConnection connection, String identifier, URI target) {
    return none();
  }

  @Override
  public Outcome<String> postStatus(
      HostConnection connection, String identifier, String sha, CommitStatus status) {
    return none();
  }

  @Override
  public Optional<WebLogin> webLogin() {
    return Optional.empty();
  }
}
