package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.contracts.ingress.GitRemote;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/// A repository, and how to get in.
public final class GitSource {
  /// Hosts that take a token for a password want some name beside it.
  private static final String USUAL_USER = "git";

  private final GitAddress address;
  private final Optional<GitLogin> login;

  private GitSource(GitAddress address, Optional<GitLogin> login) {
    this.address = address;
    this.login = login;
  }

  /// What stands in the address itself counts where nothing else is given.
  ///
  /// @throws io.terrarium.slugingress.limit.IngressFault when it is no address that may be fetched
  ///   from
  public static GitSource of(GitRemote remote) {
    GitAddress address = GitAddress.parse(remote.url());
    return new GitSource(
        address, Optional.ofNullable(remote.login()).or(() -> inAddress(address, remote.url())));
  }

  private static Optional<GitLogin> inAddress(GitAddress address, String url) {
    if (address.kind() == GitAddress.Kind.SSH) {
      return Optional.empty();
    }
    String info = URI.create(url.strip()).getUserInfo();
    if (info == null) {
      return Optional.empty();
    }
    int colon = info.indexOf(':');
    return Optional.of(
        colon < 0
            ? new GitLogin(info, "", null)
            : new GitLogin(info.substring(0, colon), info.substring(colon + 1), null));
  }

  /// Of a submodule. What lets one in here is shown to no other host.
  public GitSource submodule(String url) {
    GitAddress theirs = address.resolve(url);
    return new GitSource(theirs, address.trustsWithItsLogin(theirs) ? login : Optional.empty());
  }

  GitAddress address() {
    return address;
  }

  /// For people, without a secret.
  public String text() {
    return address.text();
  }

  public String host() {
    return address.host();
  }

  /// How a hop is told to have gone: `https`, `http` or `ssh`.
  public String scheme() {
    return address.kind().scheme();
  }

  /// What goes along with a request to `target`; empty where it is somebody else's.
  Optional<String> authorization(URI target) {
    return login
        .filter(_ -> address.trustsWithItsLogin(GitAddress.ofTarget(target)))
        .filter(given -> given.password() != null)
        .map(GitSource::basic);
  }

  private static String basic(GitLogin login) {
    String pair =
        Objects.requireNonNullElse(login.username(), USUAL_USER)
            + ":"
            + Objects.requireNonNullElse(login.password(), "");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /// For ssh.
  Optional<String> privateKey() {
    return login.flatMap(given -> Optional.ofNullable(given.privateKey()));
  }
}
