package io.terrarium.core.vcs;

import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcshost.HostConnection;
import io.terrarium.core.vcshost.Outcome;
import io.terrarium.core.vcshost.Trouble;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has Git hosts call our webhooks. A host that has been told already is told the same again, which
/// it takes without harm.
public final class Hooks {
  private static final Logger log = LoggerFactory.getLogger(Hooks.class);
  private static final String PATH = "/webhooks/vcs/";

  private final Database database;
  private final ValueCipher cipher;
  private final Hosts hosts;
  private final VcsEvents lines;
  private final Outbox outbox;
  private final URI publicUrl;
  private final RepositoryStore repositories = new RepositoryStore();

  public Hooks(
      Database database,
      ValueCipher cipher,
      Hosts hosts,
      VcsEvents lines,
      Outbox outbox,
      URI publicUrl) {
    this.database = database;
    this.cipher = cipher;
    this.hosts = hosts;
    this.lines = lines;
    this.outbox = outbox;
    this.publicUrl = publicUrl;
  }

  /// The path of a repository's webhook.
  public static String path(String webhookToken) {
    return PATH + webhookToken;
  }

  /// The host was away, or is busy; the same may succeed later.
  public static final class HookFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HookFault(String reason) {
      super(reason);
    }
  }

  /// @param flow of the job, as headers
  /// @throws HookFault when it is to be tried again
  public void register(VcsRepositoryId id, Map<String, String> flow, String jid) {
    Optional<FollowedRepository> found = database.read(db -> repositories.find(db, id));
    Optional<HostConnection> connection = found.flatMap(one -> hosts.connection(one, flow));
    String sealed = found.map(one -> one.sealed().signingSecret()).orElse(null);
    if (found.isEmpty() || connection.isEmpty() || sealed == null) {
      outbox.done(jid);
      return;
    }
    FollowedRepository repository = found.get();
    Outcome<String> outcome =
        Hosts.of(repository)
            .registerHook(
                connection.get(),
                repository.identifier(),
                target(repository),
                new Secret(cipher.decryptTexts(List.of(sealed)).getFirst()));
    switch (outcome) {
      case Outcome.Done<String>(String hook) -> registered(repository, hook, connection.get(), jid);
      case Outcome.Failed<String>(Trouble.Passing trouble) -> throw new HookFault(trouble.reason());
      case Outcome.Failed<String>(Trouble trouble) ->
          database.useTransaction(db -> {
            lines.error(
                db,
                repository,
                "The webhook of "
                    + repository.identifier()
                    + " could not be made: "
                    + trouble.reason(),
                "Make it by hand, or see to it that the token may, and set the workspace's"
                    + " repository again.");
            outbox.done(db, jid);
          });
    }
  }

  private void registered(
      FollowedRepository repository, String hook, HostConnection connection, String jid) {
    boolean isKept =
        database.inTransaction(db -> {
          outbox.done(db, jid);
          if (!repositories.setHook(db, repository.key(), hook)) {
            return false;
          }
          lines.info(db, repository, "The webhook of " + repository.identifier() + " is in place.");
          return true;
        });
    // Its connection has gone while the host was told, so that nobody else will take it away.
    if (!isKept
        && Hosts.of(repository).removeHook(connection, repository.identifier(), target(repository))
            instanceof Outcome.Failed<Boolean>(Trouble trouble)) {
      log.atWarn()
          .addKeyValue("repository", repository.identifier())
          .addKeyValue("reason", trouble.reason())
          .log("webhook of a connection that is gone stays at its host");
    }
  }

  private URI target(FollowedRepository repository) {
    return URI.create(publicUrl + path(repository.webhookToken()));
  }
}
