package io.terrarium.core.vcshost;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.kernel.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One kind of Git host. An identifier that the kind does not know is not found, whatever is asked.
public interface VcsHost {
  /// Whether `request` carries the proof that its sender knows `secret`. Takes the same time
  /// whatever the difference.
  boolean verifies(WebhookRequest request, Secret secret);

  /// What tells `request` from others: the same when the host sends it again.
  String delivery(WebhookRequest request);

  /// What `request` tells: one event at least, several where hosts tell of several branches or tags
  /// at once. One that cannot be read is [VcsEvent.Malformed], alone.
  List<VcsEvent> read(WebhookRequest request);

  /// Why no repository can be called `identifier` here; empty where one can.
  Optional<String> problemWith(String identifier);

  /// Where Git finds a repository, without asking the host.
  URI cloneUrl(HostAddress address, String identifier);

  /// By what Git is let in over http.
  ///
  /// @param user whose token it is, where that is known; see [#user]
  GitLogin login(Secret token, @Nullable String user);

  /// False where everything below is [Trouble.Unsupported].
  boolean hasApi();

  /// Login name of whose token it is.
  Outcome<String> user(HostConnection connection);

  Outcome<Repository> repository(HostConnection connection, String identifier);

  /// Those that the token may see.
  ///
  /// @param search part of their identifiers; empty for all
  /// @param page from 1
  Outcome<RepositoryPage> repositories(HostConnection connection, String search, int page);

  /// The full name of a commit.
  ///
  /// @param revision a name that may be cut, or a branch or tag
  Outcome<String> commit(HostConnection connection, String identifier, String revision);

  /// Names of files that differ, as many as the host tells and we keep.
  Outcome<ChangedFiles> changedFiles(
      HostConnection connection, String identifier, Comparison comparison);

  /// Has the host tell `target` of pushes, tags and pull requests. What is there for `target`
  /// already is brought up to date, so this can be done twice.
  ///
  /// @return the host's id of it
  Outcome<String> registerHook(
      HostConnection connection, String identifier, URI target, Secret secret);

  /// Ends what [#registerHook] has begun.
  ///
  /// @return whether there was anything
  Outcome<Boolean> removeHook(HostConnection connection, String identifier, URI target);

  /// Shows `status` beside a commit, cut to what the host takes.
  ///
  /// @return the state in the host's word
  Outcome<String> postStatus(
      HostConnection connection, String identifier, String sha, CommitStatus status);

  /// Empty where the host has none that we know.
  Optional<WebLogin> webLogin();
}
