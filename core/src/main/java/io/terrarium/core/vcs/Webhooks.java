package io.terrarium.core.vcs;

import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcshost.VcsEvent;
import io.terrarium.core.vcshost.VcsHost;
import io.terrarium.core.vcshost.WebhookRequest;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Takes what Git hosts send. It is written down with the job that looks after it, and that is all
/// the host waits for.
public final class Webhooks {
  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final RepositoryStore repositories = new RepositoryStore();
  private final WebhookStore store = new WebhookStore();

  public Webhooks(
      Database database, Access access, ValueCipher cipher, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /// What was done with a request.
  public sealed interface Receipt {
    /// A job looks after it.
    record Taken(WebhookDeliveryId id) implements Receipt {}

    /// It has come before, and is looked after already.
    record Repeated() implements Receipt {}

    /// It is nothing that anybody here wants to know.
    record Ignored(String kind) implements Receipt {}
  }

  /// @param token the last part of the webhook's address
  /// @throws Fault.NotFound where nobody has such a webhook
  /// @throws Fault.Unauthorized where the sender does not prove to know its secret
  /// @throws Fault.BadRequest where the body is not what the host promises
  public Receipt receive(String token, WebhookRequest request) {
    FollowedRepository repository =
        database
            .read(db -> repositories.ofWebhook(db, token))
            .orElseThrow(() -> new Fault.NotFound("There is no such webhook."));
    VcsHost host = Hosts.of(repository);
    requireProof(repository, host, request);
    List<VcsEvent> events = host.read(request);
    Optional<String> ignored = ignored(events);
    if (ignored.isPresent()) {
      return new Receipt.Ignored(ignored.get());
    }
    WebhookDeliveryId id = new WebhookDeliveryId(ids.next(WebhookDeliveryId.PREFIX));
    return database.inTransaction(db -> {
      boolean isNew =
          store.insert(db, id, repository.key(), host.delivery(request), events, clock.instant());
      if (!isNew) {
        return new Receipt.Repeated();
      }
      outbox.add(db, new Job.ProcessWebhook(id), id.value(), "");
      return new Receipt.Taken(id);
    });
  }

  /// Whether a job has looked after a delivery by now.
  ///
  /// @throws Fault.NotFound when it is not there or the caller may not see what hosts tell
  public String status(Principal caller, WebhookDeliveryId id) {
    return database.read(db -> {
      WebhookStore.Standing standing = store.standing(db, id).orElseThrow(Fault.NotFound::new);
      access
          .organization(db, caller, standing.organizationKey())
          .require(OrganizationRight.MANAGE_VCS_SETTINGS);
      return standing.isProcessed() ? "processed" : "accepted";
    });
  }

  private void requireProof(FollowedRepository repository, VcsHost host, WebhookRequest request) {
    String sealed = repository.sealed().signingSecret();
    if (sealed == null) {
      throw new Fault.Unauthorized(
          "The connection has no secret that calls of the webhook could be signed with. Set"
              + " `secret` on the OAuth client.");
    }
    Secret secret = new Secret(cipher.decryptTexts(List.of(sealed)).getFirst());
    if (!host.verifies(request, secret)) {
      database.useTransaction(db -> repositories.setRefused(db, repository.key(), clock.instant()));
      throw new Fault.Unauthorized("The signature is missing or does not fit the body.");
    }
    if (repository.isRefused()) {
      database.useTransaction(db -> repositories.setTrusted(db, repository.key()));
    }
  }

  /// What it is, where no event of it matters.
  private static Optional<String> ignored(List<VcsEvent> events) {
    String kind = "nothing";
    for (VcsEvent event : events) {
      switch (event) {
        case VcsEvent.Malformed(String reason) -> throw new Fault.BadRequest(reason);
        case VcsEvent.Ping _ -> kind = "ping";
        case VcsEvent.Ignored(String what) -> kind = what;
        case VcsEvent.Push _,
            VcsEvent.BranchDeleted _,
            VcsEvent.TagPush _,
            VcsEvent.TagDeleted _,
            VcsEvent.PullRequest _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(kind);
  }
}
