package io.terrarium.core.vcs;

import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.HostReach;
import io.terrarium.core.oauthclient.OauthTokens;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Repository;
import io.terrarium.core.vcshost.RepositoryPage;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.kernel.Fault;
import java.util.List;

/// What repositories a connection reaches, as its host tells when asked.
public final class HostRepositories {
  private final OauthTokens tokens;
  private final Hosts hosts;

  public HostRepositories(OauthTokens tokens, Hosts hosts) {
    this.tokens = tokens;
    this.hosts = hosts;
  }

  /// One of the host's own pages, whose length the host settles.
  ///
  /// @param owner the part of the identifiers before the name; empty for all
  /// @param page from 1
  public RepositoryPage list(Principal caller, OauthTokenId id, String owner, int page) {
    HostReach reach = tokens.reach(caller, id);
    RepositoryPage found = told(reach.provider().host().repositories(connection(reach), "", page));
    List<Repository> wanted =
        found.repositories().stream()
            .filter(one -> owner.isEmpty() || one.identifier().startsWith(owner + "/"))
            .toList();
    return new RepositoryPage(wanted, found.next());
  }

  /// Whether the connection reaches a repository.
  public boolean exists(Principal caller, String organization, OauthTokenId id, String identifier) {
    HostReach reach = tokens.reach(caller, organization, id);
    Outcome<Repository> found = reach.provider().host().repository(connection(reach), identifier);
    return !(found instanceof Outcome.Failed<Repository>(Trouble.NotFound _))
        && !told(found).identifier().isEmpty();
  }

  private HostConnection connection(HostReach reach) {
    if (!reach.provider().host().hasApi()) {
      throw refused("A plain Git server has no API that could be asked for its repositories.");
    }
    return hosts
        .connection(reach)
        .orElseThrow(
            () -> refused("The connection has no token yet. Connect it by its connect-path."));
  }

  private static <T> T told(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Failed<T>(Trouble.Passing trouble) ->
          throw new Fault.Unavailable(trouble.reason(), null);
      case Outcome.Failed<T>(Trouble trouble) -> throw refused(trouble.reason());
    };
  }

  private static Fault refused(String reason) {
    return new Fault.Invalid(List.of(new Fault.Problem(reason, null)));
  }
}
