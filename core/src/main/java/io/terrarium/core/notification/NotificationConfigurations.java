package io.terrarium.core.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.notification.NotificationConfiguration.Definition;
import io.terrarium.core.notification.NotificationConfiguration.DeliveryResponse;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.NotificationStore.Subscriber;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Notification configurations of workspaces and projects. Only those who administer a workspace,
/// or may change the settings of a project, see them; an organization's token never does.
///
/// Whatever is saved as enabled has shown before that its receiver is there: it is asked before the
/// transaction begins, since that takes as long as the receiver likes.
public final class NotificationConfigurations {
  private static final int OF_ONE_MAX = 20;

  private final Database database;
  private final Access access;
  private final Tokens tokens;
  private final Courier courier;
  private final Clock clock;
  private final Ids ids;
  private final NotificationStore store = new NotificationStore();
  private final DeliveryStore deliveries = new DeliveryStore();

  /// What they need to reach their receivers.
  record Post(Tokens tokens, Courier courier) {}

  NotificationConfigurations(Database database, Access access, Post post, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.tokens = post.tokens();
    this.courier = post.courier();
    this.clock = clock;
    this.ids = ids;
  }

  public Paged<Shown> list(Principal caller, Subscribable of, Page page) {
    return database.read(db -> {
      Paged<NotificationConfiguration> found = store.list(db, owned(db, caller, of), page);
      Map<Long, List<DeliveryResponse>> responses =
          deliveries.list(db, found.items().stream().map(NotificationConfiguration::key).toList());
      return found.map(one -> new Shown(one, responses.getOrDefault(one.key(), List.of())));
    });
  }

  public Shown find(Principal caller, NotificationConfigurationId id) {
    return database.read(db -> shown(db, found(db, caller, id).id()));
  }

  /// @throws Fault.BadRequest when it is to be enabled and its receiver does not answer well
  public Shown create(Principal caller, Subscribable of, NotificationChanges asked) {
    database.read(db -> owned(db, caller, of));
    Definition definition = new NotificationRules().define(asked);
    String token = asked.token().over("", "");
    String ciphertext = tokens.seal(token);
    NotificationConfigurationId id =
        new NotificationConfigurationId(ids.next(NotificationConfigurationId.PREFIX));
    Instant now = clock.instant();
    NotificationConfiguration wanted =
        new NotificationConfiguration(0, id, of, definition, ciphertext, now, now);
    Optional<DeliveryResponse> answer = verifiedIfEnabled(wanted);
    return database.inTransaction(db -> {
      Subscriber subscriber = owned(db, caller, of);
      store.lockNumber(db, subscriber);
      if (store.count(db, subscriber) >= OF_ONE_MAX) {
        throw new Fault.Invalid(
            List.of(
                new Fault.Problem(
                    "It has as many notification configurations as it may have: " + OF_ONE_MAX,
                    "/data")));
      }
      store.insert(db, id, subscriber, definition, ciphertext, now);
      return kept(db, id, answer);
    });
  }

  /// @throws Fault.BadRequest when it is to be enabled and its receiver does not answer well
  public Shown update(
      Principal caller, NotificationConfigurationId id, NotificationChanges changes) {
    NotificationConfiguration before = database.read(db -> found(db, caller, id));
    Definition definition = new NotificationRules().edit(before.definition(), changes);
    String ciphertext =
        switch (changes.token()) {
          case Patch.Absent<String> _ -> before.tokenCiphertext();
          case Patch.Null<String> _ -> null;
          case Patch.Value<String>(String token) -> tokens.seal(token);
        };
    return saved(caller, before, definition, ciphertext);
  }

  /// @throws Fault.BadRequest when its receiver does not answer well
  public Shown enable(Principal caller, NotificationConfigurationId id) {
    NotificationConfiguration before = database.read(db -> found(db, caller, id));
    return saved(caller, before, before.definition().enabledNow(), before.tokenCiphertext());
  }

  /// Asks the receiver to show that it is there; its answer is kept either way.
  ///
  /// @throws Fault.BadRequest when it does not answer well
  public Shown verify(Principal caller, NotificationConfigurationId id) {
    NotificationConfiguration found = database.read(db -> found(db, caller, id));
    DeliveryResponse answer = ask(found);
    Shown shown = database.inTransaction(db -> kept(db, id, Optional.of(answer)));
    require(answer);
    return shown;
  }

  public void delete(Principal caller, NotificationConfigurationId id) {
    database.useTransaction(db -> store.delete(db, found(db, caller, id).key()));
  }

  private Shown saved(
      Principal caller,
      NotificationConfiguration before,
      Definition definition,
      @Nullable String ciphertext) {
    NotificationConfiguration wanted =
        new NotificationConfiguration(
            before.key(),
            before.id(),
            before.subscribable(),
            definition,
            ciphertext,
            before.createdAt(),
            clock.instant());
    Optional<DeliveryResponse> answer = verifiedIfEnabled(wanted);
    return database.inTransaction(db -> {
      found(db, caller, before.id());
      if (!store.update(db, before, wanted)) {
        throw new Fault.Conflict(
            "Somebody else changed the notification configuration at the same time: look at it and"
                + " try again.");
      }
      return kept(db, before.id(), answer);
    });
  }

  private Optional<DeliveryResponse> verifiedIfEnabled(NotificationConfiguration wanted) {
    if (!wanted.definition().enabled()) {
      return Optional.empty();
    }
    DeliveryResponse answer = ask(wanted);
    require(answer);
    return Optional.of(answer);
  }

  private DeliveryResponse ask(NotificationConfiguration to) {
    Notice notice = Notice.verification(to.definition().name());
    return courier.bring(to, tokens.open(to.tokenCiphertext()), notice, Map.of()).response();
  }

  /// The documented answer is 400, whatever the receiver has said.
  private static void require(DeliveryResponse answer) {
    if (!answer.successful()) {
      throw new Fault.BadRequest(
          "Unable to complete verification request: "
              + (answer.code().isEmpty()
                  ? answer.body()
                  : "the receiver answered with "
                      + answer.code()
                      + " where a status of 200 to 299 is needed."));
    }
  }

  private Shown kept(Handle db, NotificationConfigurationId id, Optional<DeliveryResponse> answer) {
    NotificationConfiguration found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    answer.ifPresent(response -> deliveries.keep(db, found.key(), response));
    return shown(db, id);
  }

  private Shown shown(Handle db, NotificationConfigurationId id) {
    NotificationConfiguration found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    return new Shown(
        found, deliveries.list(db, List.of(found.key())).getOrDefault(found.key(), List.of()));
  }

  private NotificationConfiguration found(
      Handle db, Principal caller, NotificationConfigurationId id) {
    NotificationConfiguration found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    owned(db, caller, found.subscribable());
    return found;
  }

  /// A workspace that the caller administers, or a project whose settings they may change.
  private Subscriber owned(Handle db, Principal caller, Subscribable of) {
    if (caller instanceof OrganizationPrincipal) {
      throw new Fault.NotFound();
    }
    return switch (of) {
      case Subscribable.OfWorkspace(WorkspaceId id) ->
          new Subscriber(
              Subscriber.Kind.WORKSPACE,
              access.workspace(db, caller, id).require(WorkspaceRight.UPDATE_SETTINGS).key());
      case Subscribable.OfProject(ProjectId id) ->
          new Subscriber(
              Subscriber.Kind.PROJECT,
              access.project(db, caller, id).require(ProjectRight.UPDATE).key());
    };
  }
}
