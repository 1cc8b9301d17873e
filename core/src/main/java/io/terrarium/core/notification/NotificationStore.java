package io.terrarium.core.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.notification.NotificationConfiguration.Definition;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of notification configurations.
final class NotificationStore {
  private static final String SELECT =
      """
      SELECT c.*, w.external_id AS workspace_external_id, p.external_id AS project_external_id
        FROM notification_configurations c
        LEFT JOIN workspaces w ON w.id = c.workspace_id
        LEFT JOIN projects p ON p.id = c.project_id
      """;

  private static final String INSERT =
      """
      INSERT INTO notification_configurations (external_id, workspace_id, project_id, name,
        destination_type, url, token_ciphertext, enabled, triggers, created_at, updated_at)
      VALUES (:id, :workspace, :project, :name, :destination, :url, :token, :enabled, :triggers, :now,
        :now)
      """;

  private static final String UPDATE =
      """
      UPDATE notification_configurations
         SET name = :name, url = :url, token_ciphertext = :token, enabled = :enabled,
             triggers = :triggers, updated_at = :now
       WHERE id = :key AND updated_at = :before
      """;

  private static final String LISTENERS =
      """
      SELECT external_id FROM notification_configurations
       WHERE (workspace_id = :workspace
              OR project_id = (SELECT project_id FROM workspaces WHERE id = :workspace))
         AND enabled AND :trigger = ANY (triggers)
       ORDER BY id
      """;

  private static final String RUN =
      """
      SELECT r.external_id, r.message, r.created_at, u.username, w.external_id AS workspace_id,
             w.name AS workspace_name, o.name AS organization_name
        FROM runs r
        JOIN workspaces w ON w.id = r.workspace_id
        JOIN organizations o ON o.id = r.organization_id
        LEFT JOIN users u ON u.id = r.created_by_user_id
       WHERE r.external_id = :run
      """;

  /// The workspace or project to which configurations belong.
  record Subscriber(Kind kind, long key) {
    enum Kind {
      WORKSPACE,
      PROJECT;

      String column() {
        return name().toLowerCase(Locale.ROOT) + "_id";
      }
    }

    @Nullable Long of(Kind column) {
      return kind == column ? (Long) key : null;
    }
  }

  void insert(
      Handle db,
      NotificationConfigurationId id,
      Subscriber subscriber,
      Definition definition,
      @Nullable String tokenCiphertext,
      Instant now) {
    db.createUpdate(INSERT)
        .bind("id", id.value())
        .bind("workspace", subscriber.of(Subscriber.Kind.WORKSPACE))
        .bind("project", subscriber.of(Subscriber.Kind.PROJECT))
        .bind("name", definition.name())
        .bind("destination", definition.destination().wire())
        .bind("url", definition.url())
        .bind("token", tokenCiphertext)
        .bind("enabled", definition.enabled())
        .bindArray("triggers", String.class, definition.triggers())
        .bind("now", now)
        .execute();
  }

  /// False when it is no longer as it was before.
  boolean update(Handle db, NotificationConfiguration before, NotificationConfiguration wanted) {
    Definition definition = wanted.definition();
    return db.createUpdate(UPDATE)
            .bind("key", before.key())
            .bind("before", before.updatedAt())
            .bind("name", definition.name())
            .bind("url", definition.url())
            .bind("token", wanted.tokenCiphertext())
            .bind("enabled", definition.enabled())
            .bindArray("triggers", String.class, definition.triggers())
            .bind("now", wanted.updatedAt())
            .execute()
        == 1;
  }

  Optional<NotificationConfiguration> find(Handle db, NotificationConfigurationId id) {
    return db.createQuery(SELECT + " WHERE c.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Paged<NotificationConfiguration> list(Handle db, Subscriber subscriber, Page page) {
    String counted = "FROM notification_configurations c";
    String condition = "WHERE c." + subscriber.kind().column() + " = :subscriber";
    return new PagedQuery(SELECT, counted, condition, "c.id")
        .page(db, page, query -> query.bind("subscriber", subscriber.key()), (row, _) -> read(row));
  }

  long count(Handle db, Subscriber subscriber) {
    return db.createQuery(
            "SELECT count(*) FROM notification_configurations WHERE "
                + subscriber.kind().column()
                + " = :subscriber")
        .bind("subscriber", subscriber.key())
        .mapTo(Long.class)
        .one();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM notification_configurations WHERE id = ?", key);
  }

  /// Until the end of the transaction nobody else gives the workspace or project another one.
  void lockNumber(Handle db, Subscriber subscriber) {
    db.execute(
        "SELECT pg_advisory_xact_lock(hashtext('notification_configurations_' || ? || ?))",
        subscriber.kind().column(),
        subscriber.key());
  }

  /// Who wants to hear of such a thing in a workspace.
  List<NotificationConfigurationId> listeners(Handle db, long workspaceKey, String trigger) {
    return db.createQuery(LISTENERS)
        .bind("workspace", workspaceKey)
        .bind("trigger", trigger)
        .map((row, _) -> new NotificationConfigurationId(row.getString(1)))
        .list();
  }

  Optional<UserId> userId(Handle db, long key) {
    return db.createQuery("SELECT external_id FROM users WHERE id = :key")
        .bind("key", key)
        .map((row, _) -> new UserId(row.getString(1)))
        .findOne();
  }

  Optional<String> username(Handle db, UserId id) {
    return db.createQuery("SELECT username FROM users WHERE external_id = :id")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne();
  }

  Optional<RunFacts> run(Handle db, RunId id) {
    return db.createQuery(RUN)
        .bind("run", id.value())
        .map((row, _) ->
            new RunFacts(
                row.getString("external_id"),
                row.getString("message"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("username"),
                row.getString("workspace_id"),
                row.getString("workspace_name"),
                row.getString("organization_name")))
        .findOne();
  }

  private static Subscribable subscribable(ResultSet row) throws SQLException {
    String workspace = row.getString("workspace_external_id");
    return workspace == null
        ? new Subscribable.OfProject(new ProjectId(row.getString("project_external_id")))
        : new Subscribable.OfWorkspace(new WorkspaceId(workspace));
  }

  private static NotificationConfiguration read(ResultSet row) throws SQLException {
    return new NotificationConfiguration(
        row.getLong("id"),
        new NotificationConfigurationId(row.getString("external_id")),
        subscribable(row),
        new Definition(
            row.getString("name"),
            DestinationType.of(row.getString("destination_type")).orElseThrow(),
            row.getString("url"),
            row.getBoolean("enabled"),
            Arrays.asList((String[]) row.getArray("triggers").getArray())),
        row.getString("token_ciphertext"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
