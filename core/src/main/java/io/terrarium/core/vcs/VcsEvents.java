package io.terrarium.core.vcs;

import io.terrarium.contracts.id.OauthClientId;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.contracts.id.VcsEventId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.oauthclient.ConnectionLines;
import io.terrarium.core.oauthclient.OauthToken;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What Git hosts have told and what was done with it, in lines for people. They are kept for ten
/// days.
public final class VcsEvents implements ConnectionLines {
  static final Duration KEPT = Duration.ofDays(10);

  private static final String SELECT =
      """
      SELECT e.*, c.external_id AS client, t.external_id AS token, d.external_id AS delivery
        FROM vcs_events e LEFT JOIN oauth_clients c ON c.id = e.oauth_client_id
             LEFT JOIN oauth_tokens t ON t.id = e.oauth_token_id
             LEFT JOIN webhook_deliveries d ON d.id = e.webhook_delivery_id
      """;

  private static final String CONDITION =
      """
      WHERE e.organization_id = :organization AND e.created_at >= :from AND e.created_at <= :to
        AND (cardinality(:clients) = 0
             OR EXISTS (SELECT FROM oauth_clients k
                         WHERE k.id = e.oauth_client_id AND k.external_id = ANY (:clients)))
        AND (cardinality(:levels) = 0 OR e.level = ANY (:levels))
      """;

  private static final String INSERT =
      """
      INSERT INTO vcs_events (external_id, organization_id, oauth_client_id, oauth_token_id,
        webhook_delivery_id, level, message, suggested_action, created_at)
      VALUES (:id, :organization, :client, :token, :delivery, :level, :message, :action, :now)
      """;

  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;

  public VcsEvents(Database database, Access access, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
  }

  /// @param delivery what came to a webhook and led to it; absent where nothing has, or it is gone
  /// @param level `info` or `error`
  public record VcsEvent(
      VcsEventId id,
      long organizationKey,
      @Nullable OauthClientId client,
      @Nullable OauthTokenId token,
      @Nullable WebhookDeliveryId delivery,
      String level,
      String message,
      @Nullable String suggestedAction,
      Instant createdAt) {}

  /// What a list is narrowed to; what is empty narrows nothing.
  public record Filter(
      Optional<Instant> from, Optional<Instant> to, List<String> clients, List<String> levels) {
    public Filter {
      clients = List.copyOf(clients);
      levels = List.copyOf(levels);
    }
  }

  /// Newest first.
  public Paged<VcsEvent> list(Principal caller, String organization, Filter filter, Page page) {
    Instant now = clock.instant();
    return database.read(db -> {
      OrganizationAccess owner =
          access
              .organization(db, caller, organization)
              .require(OrganizationRight.MANAGE_VCS_SETTINGS);
      return new PagedQuery(SELECT, "FROM vcs_events e", CONDITION, "e.created_at DESC, e.id DESC")
          .page(
              db,
              page,
              query ->
                  query
                      .bind("organization", owner.key())
                      .bind("from", filter.from().orElse(now.minus(KEPT)))
                      .bind("to", filter.to().orElse(now))
                      .bindArray("clients", String.class, filter.clients())
                      .bindArray("levels", String.class, filter.levels()),
              (row, _) -> read(row));
    });
  }

  /// Deletes what is older, and the deliveries that it came from.
  public void sweep() {
    Instant oldest = clock.instant().minus(KEPT);
    database.useTransaction(db -> {
      db.execute("DELETE FROM vcs_events WHERE created_at < ?", oldest);
      db.execute(
          "DELETE FROM webhook_deliveries WHERE received_at < ? AND processed_at IS NOT NULL",
          oldest);
    });
  }

  @Override
  public void info(Handle db, OauthToken token, String message) {
    add(db, About.of(token), "info", message, null);
  }

  @Override
  public void error(Handle db, OauthToken token, String message, String suggestedAction) {
    add(db, About.of(token), "error", message, suggestedAction);
  }

  void info(Handle db, FollowedRepository repository, String message) {
    add(db, About.of(repository), "info", message, null);
  }

  /// @param suggestedAction what people can do about it
  void error(
      Handle db, FollowedRepository repository, String message, @Nullable String suggestedAction) {
    add(db, About.of(repository), "error", message, suggestedAction);
  }

  /// What has come to the webhook of a repository.
  record Cause(FollowedRepository repository, long deliveryKey) {}

  void info(Handle db, Cause cause, String message) {
    add(db, About.of(cause), "info", message, null);
  }

  void error(Handle db, Cause cause, String message, String suggestedAction) {
    add(db, About.of(cause), "error", message, suggestedAction);
  }

  /// Of an organization whose connection is gone.
  void info(Handle db, long organizationKey, String message) {
    add(db, new About(organizationKey, null, null, null), "info", message, null);
  }

  void error(Handle db, long organizationKey, String message, String suggestedAction) {
    add(db, new About(organizationKey, null, null, null), "error", message, suggestedAction);
  }

  /// Keys of whom a line is about.
  private record About(
      long organization, @Nullable Long client, @Nullable Long token, @Nullable Long delivery) {
    static About of(OauthToken token) {
      return new About(token.organizationKey(), token.clientKey(), token.key(), null);
    }

    static About of(FollowedRepository repository) {
      FollowedRepository.Connection connection = repository.connection();
      return new About(
          connection.organizationKey(), connection.clientKey(), connection.tokenKey(), null);
    }

    static About of(Cause cause) {
      About about = of(cause.repository());
      return new About(about.organization, about.client, about.token, cause.deliveryKey());
    }
  }

  private void add(
      Handle db, About about, String level, String message, @Nullable String suggestedAction) {
    db.createUpdate(INSERT)
        .bind("id", ids.next(VcsEventId.PREFIX))
        .bind("organization", about.organization())
        .bind("client", about.client())
        .bind("token", about.token())
        .bind("delivery", about.delivery())
        .bind("level", level)
        .bind("message", message)
        .bind("action", suggestedAction)
        .bind("now", clock.instant())
        .execute();
  }

  private static VcsEvent read(ResultSet row) throws SQLException {
    String client = row.getString("client");
    String token = row.getString("token");
    String delivery = row.getString("delivery");
    return new VcsEvent(
        new VcsEventId(row.getString("external_id")),
        row.getLong("organization_id"),
        client == null ? null : new OauthClientId(client),
        token == null ? null : new OauthTokenId(token),
        delivery == null ? null : new WebhookDeliveryId(delivery),
        row.getString("level"),
        row.getString("message"),
        row.getString("suggested_action"),
        row.getTimestamp("created_at").toInstant());
  }
}
