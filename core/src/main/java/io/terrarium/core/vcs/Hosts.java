package io.terrarium.core.vcs;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.oauthclient.HostReach;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.oauthclient.TokenRenewals;
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
import org.jspecify.annotations.Nullable;

/// The Git hosts that connections lead to, with what lets us in.
public final class Hosts implements OauthClients.HostUsers, AutoCloseable {
  private final OutboundClient outside;
  private final ValueCipher cipher;
  private final TokenRenewals renewals;

  /// @param outside is closed with this
  public Hosts(OutboundClient outside, ValueCipher cipher, TokenRenewals renewals) {
    this.outside = outside;
    this.cipher = cipher;
    this.renewals = renewals;
  }

  static VcsHost of(FollowedRepository repository) {
    return repository.connection().provider().host();
  }

  static String cloneUrl(FollowedRepository repository) {
    return of(repository).cloneUrl(address(repository), repository.identifier()).toString();
  }

  /// By what Git is let in; empty where anybody may read.
  Optional<GitLogin> login(FollowedRepository repository) {
    String token = current(repository, Map.of());
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
    String token = of(repository).hasApi() ? current(repository, flow) : null;
    if (token == null) {
      return Optional.empty();
    }
    Secret opened = new Secret(cipher.decryptTexts(List.of(token)).getFirst());
    return Optional.of(
        new HostConnection(new HostLine(outside, address(repository), flow), opened));
  }

  /// The host, for a person who asks; empty where no token for it is there.
  Optional<HostConnection> connection(HostReach reach) {
    return Optional.ofNullable(reach.token())
        .map(held -> renewals.current(held, Map.of()))
        .map(token -> new Secret(cipher.decryptTexts(List.of(token)).getFirst()))
        .map(
            opened -> new HostConnection(new HostLine(outside, reach.address(), Map.of()), opened));
  }

  /// The host of a connection that is gone.
  HostConnection connection(AbandonedHookStore.Abandoned hook, Map<String, String> flow) {
    Secret opened = new Secret(cipher.decryptTexts(List.of(hook.token())).getFirst());
    return new HostConnection(new HostLine(outside, hook.address(), flow), opened);
  }

  /// The token's ciphertext; one that has ended is made new first.
  private @Nullable String current(FollowedRepository repository, Map<String, String> flow) {
    FollowedRepository.Sealed sealed = repository.sealed();
    String token = sealed.token();
    return token == null
        ? null
        : renewals.current(
            new TokenRenewals.Held(repository.connection().tokenKey(), token, sealed.tokenEndsAt()),
            flow);
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
