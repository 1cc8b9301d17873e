package io.terrarium.core.vcs;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.vcshost.HostAddress;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.HostLine;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.core.vcshost.VcsHost;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The Git hosts that connections lead to, with what lets us in.
public final class Hosts implements OauthClients.HostUsers, AutoCloseable {
  private final OutboundClient outside;
  private final ValueCipher cipher;

  public Hosts(URI outboundProxy, ValueCipher cipher) {
    this.outside = HostLine.wayOut(outboundProxy);
    this.cipher = cipher;
  }

  static VcsHost of(FollowedRepository repository) {
    return repository.connection().provider().host();
  }

  static String cloneUrl(FollowedRepository repository) {
    return of(repository).cloneUrl(address(repository), repository.identifier()).toString();
  }

  /// By what Git is let in; empty where anybody may read.
  Optional<GitLogin> login(FollowedRepository repository) {
    String token = repository.sealed().token();
    String sshKey = repository.sealed().sshKey();
    List<String> opened =
        cipher.decryptTexts(Stream.of(token, sshKey).filter(Objects::nonNull).toList());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    GitLogin byHttp =
        token == null
            ? new GitLogin(null, null, null)
            : of(repository).login(new Secret(opened.getFirst()), repository.connection().user());
    return Optional.of(
        new GitLogin(
            byHttp.username(), byHttp.password(), sshKey == null ? null : opened.getLast()));
  }

  /// The host, for calls that belong to `flow`.
  ///
  /// @return empty where it has no API, or no token for it is there
  Optional<HostConnection> connection(FollowedRepository repository, Map<String, String> flow) {
    String token = repository.sealed().token();
    if (token == null || !of(repository).hasApi()) {
      return Optional.empty();
    }
    Secret opened = new Secret(cipher.decryptTexts(List.of(token)).getFirst());
    return Optional.of(
        new HostConnection(new HostLine(outside, address(repository), flow), opened));
  }

  @Override
  public Optional<String> of(
      ServiceProvider provider, String httpUrl, String apiUrl, Secret token) {
    HostAddress address = new HostAddress(URI.create(httpUrl), URI.create(apiUrl));
    return switch (provider
        .host()
        .user(new HostConnection(new HostLine(outside, address, Map.of()), token))) {
      case Outcome.Done<String>(String user) -> Optional.of(user);
      case Outcome.Failed<String>(Trouble.Refused(String reason)) ->
          throw new Fault.Invalid("oauth-token-string", "Oauth token string is refused: " + reason);
      // A host that is away now may be there later, and the token be good.
      case Outcome.Failed<String> _ -> Optional.empty();
    };
  }

  private static HostAddress address(FollowedRepository repository) {
    FollowedRepository.Connection connection = repository.connection();
    String api = Objects.requireNonNullElse(connection.apiUrl(), connection.httpUrl());
    return new HostAddress(URI.create(connection.httpUrl()), URI.create(api));
  }

  @Override
  public void close() {
    outside.close();
  }
}
