package io.terrarium.core.vcs;

import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Repositories that somebody follows, each with the one webhook that all its followers share.
public final class Repositories {
  private static final int WEBHOOK_TOKEN_CHARACTERS = 32;
  private static final int SECRET_BYTES = 32;
  private static final int SWEEP_MAX = 500;

  /// Longer than a job tries.
  private static final Duration REMOVAL_MAX = Duration.ofHours(3);

  private final Database database;
  private final ValueCipher cipher;
  private final Hosts hosts;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final RepositoryStore store = new RepositoryStore();

  public Repositories(
      Database database, ValueCipher cipher, Hosts hosts, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.cipher = cipher;
    this.hosts = hosts;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /// A repository that somebody follows from now on.
  ///
  /// @param source the word for its kind of host, such as `github`
  public record Followed(long key, String source) {}

  /// For a workspace, which may use the connections of its project.
  ///
  /// @throws Fault.Invalid with all that is wrong, `problems` among it
  Followed forWorkspace(
      Handle db, long workspaceKey, String token, String identifier, List<Fault.Problem> problems) {
    return followed(
        db, store.usable(db, workspaceKey, new OauthTokenId(token)), token, identifier, problems);
  }

  /// For an organization.
  ///
  /// @throws Fault.Invalid with all that is wrong, `problems` among it
  public Followed forOrganization(
      Handle db,
      long organizationKey,
      String token,
      String identifier,
      List<Fault.Problem> problems) {
    return followed(
        db,
        store.usableInOrganization(db, organizationKey, new OauthTokenId(token)),
        token,
        identifier,
        problems);
  }

  /// Whose connection a token is of.
  public Optional<Long> organizationOf(Handle db, String token) {
    return store.organizationOf(db, new OauthTokenId(token));
  }

  /// A workspace follows nothing any more, or soon something else.
  void leftByWorkspace(Handle db, long workspaceKey) {
    store
        .ofWorkspace(db, workspaceKey)
        .ifPresent(id -> outbox.add(db, new Job.RemoveWebhook(id), "", ""));
  }

  /// One that followed a repository does so no more. Where it was the last one, a job takes the
  /// webhook away.
  public void left(Handle db, long key) {
    store.id(db, key).ifPresent(id -> outbox.add(db, new Job.RemoveWebhook(id), "", ""));
  }

  /// Looks for webhooks that nobody wants and nobody has spoken of: their followers went with
  /// something larger, or while the host was being told.
  public void sweep() {
    database.useTransaction(db ->
        store
            .left(db, clock.instant().minus(REMOVAL_MAX), SWEEP_MAX)
            .forEach(id -> outbox.add(db, new Job.RemoveWebhook(id), "", "")));
  }

  /// With what lets us in; empty where the connection is gone.
  public Optional<GitRemote> remote(long key) {
    return database.read(db -> store.find(db, key)).map(this::remote);
  }

  GitRemote remote(FollowedRepository repository) {
    return new GitRemote(Hosts.cloneUrl(repository), hosts.login(repository).orElse(null));
  }

  private Followed followed(
      Handle db,
      Optional<RepositoryStore.Usable> usable,
      String token,
      String identifier,
      List<Fault.Problem> problems) {
    if (usable.isEmpty()) {
      problems.add(
          problem(
              "oauth-token-id",
              token.isEmpty()
                  ? "Oauth token can't be blank"
                  : "There is no OAuth token " + token + " that may be used here"));
    }
    usable
        .flatMap(found -> found.provider().host().problemWith(identifier))
        .ifPresent(why -> problems.add(problem("identifier", why)));
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    RepositoryStore.Usable found = usable.orElseThrow();
    return new Followed(key(db, found, identifier), found.provider().source());
  }

  /// Two who come at once get the same one. Whoever is about to take its webhook away waits until
  /// the new follower is there, or has done so already, and then the host is told anew.
  private long key(Handle db, RepositoryStore.Usable usable, String identifier) {
    Optional<RepositoryStore.Present> present = store.lock(db, usable.tokenKey(), identifier);
    if (present.isEmpty()) {
      insert(db, usable, identifier);
      return store.lock(db, usable.tokenKey(), identifier).orElseThrow().key();
    }
    RepositoryStore.Present found = present.get();
    if (usable.provider().host().hasApi() && !found.hasHook()) {
      store.keepHook(db, found.key());
      outbox.add(db, new Job.RegisterWebhook(found.id()), "", "");
    }
    return found.key();
  }

  /// A host without an API signs by the connection's own secret, and is told by people.
  private void insert(Handle db, RepositoryStore.Usable usable, String identifier) {
    ServiceProvider provider = usable.provider();
    VcsRepositoryId id = new VcsRepositoryId(ids.next(VcsRepositoryId.PREFIX));
    @Nullable String secret =
        provider.host().hasApi() ? cipher.encryptText(Tokens.hex(SECRET_BYTES)) : null;
    store.insert(
        db,
        id,
        usable.tokenKey(),
        identifier,
        Tokens.base58(WEBHOOK_TOKEN_CHARACTERS),
        secret,
        clock.instant());
    if (secret != null) {
      outbox.add(db, new Job.RegisterWebhook(id), "", "");
    }
  }

  static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/vcs-repo/" + attribute);
  }
}
