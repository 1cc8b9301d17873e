package io.terrarium.sidekiqworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.core.run.Capacity;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.outboundproxy.OutboundProxy;
import io.terrarium.outboundproxy.OutboundProxyConfig;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The real worker on a real Redis and PostgreSQL, among neighbours that the test speaks for. Its
/// clock stands still until the test moves it.
final class SidekiqWorkerFixture implements AutoCloseable {
  static final Duration LONGEST = Duration.ofSeconds(20);
  static final Secret INTERNAL = new Secret("internal token of the test");

  private static final int CONNECTIONS = 4;
  private final TestClock clock = new TestClock();
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis server;
  private final Platform platform;
  private final Database database;
  private final Redis redis;
  private final Neighbours neighbours;
  private final OutboundProxy outboundProxy;
  private final Service worker;

  SidekiqWorkerFixture(Path directory) {
    data = DataDirectory.open(directory);
    postgres = EmbeddedPostgres.start(data);
    server = EmbeddedRedis.start(data);
    platform = Platform.start(clock, Ids.random());
    DatabaseConfig databaseConfig =
        new DatabaseConfig(
            postgres.jdbcUrl(), postgres.username(), postgres.password(), CONNECTIONS);
    RedisConfig redisConfig =
        new RedisConfig(server.host(), server.port(), server.password(), false);
    database = Database.open(databaseConfig, "sidekiq-worker-it", Core.SCHEMA, List.of());
    database.migrate(Core.MIGRATIONS);
    redis = Redis.open(redisConfig, "sidekiq-worker-it", LONGEST);
    neighbours = new Neighbours(platform);
    outboundProxy =
        OutboundProxy.start(
            OutboundProxyConfig.from(
                Env.of(
                    Map.of(
                        "TERRARIUM_OUTBOUND_PROXY_PORT",
                        "0",
                        "TERRARIUM_OUTBOUND_ALLOW",
                        "127.0.0.1/32",
                        "TERRARIUM_ROUTER_INTERNAL_URL",
                        neighbours.uri().toString(),
                        "TERRARIUM_INTERNAL_API_TOKEN",
                        INTERNAL.value()))),
            platform);
    worker =
        SidekiqWorker.start(
            new SidekiqWorkerConfig(
                HttpAddress.loopback(0),
                "node",
                databaseConfig,
                redisConfig,
                core(neighbours.uri(), outboundProxy),
                neighbours.uri(),
                neighbours.uri(),
                neighbours.uri(),
                neighbours.uri(),
                INTERNAL),
            platform);
  }

  private static CoreConfig core(URI router, OutboundProxy outboundProxy) {
    return new CoreConfig(
        // One of the neighbours, whom only jobs about connections ask.
        new TransitConfig(router, new Secret("vault token of the test")),
        List.of(new Secret("archivist token of the test")),
        new Secret("root secret of the test"),
        router,
        URI.create("https://127.0.0.1:8443"),
        URI.create("http://127.0.0.1:" + outboundProxy.port()),
        new Capacity(512, 0),
        "1.11.4");
  }

  TestClock clock() {
    return clock;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  /// Where the worker answers.
  URI address() {
    return URI.create("http://127.0.0.1:" + worker.port());
  }

  /// As if nothing had ever been asked of the worker.
  void empty() {
    redis.callAll(
        List.of(
            Command.of(
                "UNLINK",
                "retry",
                "dead",
                "queue:critical",
                "queue:default",
                "queue:notifications",
                "queue:vcs")));
    database.useTransaction(db -> {
      db.execute("DELETE FROM outbox");
      db.execute("DELETE FROM runs");
      db.execute("DELETE FROM organizations");
    });
    neighbours.forget();
  }

  /// Leaves a job as Sidekiq's own client does, and the row of the outbox that it came from. Its
  /// flow is `flow-` and the jid.
  void push(String queue, String jid, String className, String args) {
    insert(queue, jid, className);
    redis.callAll(
        List.of(
            Command.of("SADD", "queues", queue),
            Command.of("LPUSH", "queue:" + queue)
                .and(
                    """
                    {"class":"%s","args":%s,"jid":"%s","queue":"%s","retry":true,\
                    "created_at":1767225600.25,"enqueued_at":1767225600.5,\
                    "flow":"flow-%s","phase":"plan","from":"atlas",\
                    "sent_at":"2026-01-02T03:04:00.000Z"}\
                    """
                        .formatted(className, args, jid, queue, jid))));
  }

  private void insert(String queue, String jid, String className) {
    database.useTransaction(db ->
        db.execute(
            "INSERT INTO outbox (jid, class, queue, argument, flow, created_at)"
                + " VALUES (?, ?, ?, '{}', '', now())",
            jid,
            className,
            queue));
  }

  /// A state version that was uploaded and waits to be parsed.
  void insertState(String id, String object) {
    database.useTransaction(db ->
        db.execute(
            """
            WITH organization AS (
              INSERT INTO organizations (external_id, name, email, created_at)
              VALUES ('org-1', 'acme', 'a@example.com', now()) RETURNING id),
            project AS (
              INSERT INTO projects (external_id, organization_id, name, is_default, created_at)
              SELECT 'prj-1', id, 'Default Project', true, now() FROM organization RETURNING id),
            workspace AS (
              INSERT INTO workspaces (external_id, organization_id, project_id, name,
                terraform_version, global_remote_state, created_at, updated_at, latest_change_at)
              SELECT 'ws-1', organization.id, project.id, 'net', '1.11.4', false, now(), now(),
                     now()
                FROM organization, project RETURNING id)
            INSERT INTO state_versions
                   (external_id, workspace_id, status, serial, object_id, created_at)
            SELECT ?, id, 'finalized', 7, ?, now() FROM workspace
            """,
            id,
            object));
  }

  /// Configurations of a workspace, the older ones first, which wait to be looked through.
  void insertUploads(String workingDirectory, String... ids) {
    insertState("sv-1", "states/sv-1/state");
    database.useTransaction(db -> {
      db.execute("UPDATE workspaces SET working_directory = ?", workingDirectory);
      for (String id : ids) {
        db.execute(
            """
            INSERT INTO configuration_versions (external_id, workspace_id, status, source, object_id,
                     is_speculative, is_provisional, auto_queue_runs, created_at)
            SELECT ?, id, 'uploaded', 'tfe-api', 'slugs/a', false, false, false, now()
              FROM workspaces
            """,
            id);
      }
    });
  }

  /// The README of the workspace, with the configuration that it is of; "" before one was looked
  /// for.
  String readme() {
    return database.read(db ->
        db.createQuery(
                "SELECT c.external_id || ': ' || coalesce(r.markdown, 'none')"
                    + " FROM workspace_readmes r"
                    + " JOIN configuration_versions c ON c.id = r.configuration_version_id")
            .mapTo(String.class)
            .findOne()
            .orElse(""));
  }

  /// A run of the workspace `acme/net`.
  void insertRun(String id) {
    insertState("sv-of-" + id, "states/of/" + id);
    database.useTransaction(db ->
        db.execute(
            """
            WITH configuration AS (
              INSERT INTO configuration_versions (external_id, workspace_id, status, source,
                is_speculative, is_provisional, auto_queue_runs, created_at)
              SELECT 'cv-1', id, 'uploaded', 'tfe-api', false, false, false, now() FROM workspaces
              RETURNING id)
            INSERT INTO runs (external_id, organization_id, workspace_id,
              configuration_version_id, status, operation, message, source, trigger_reason,
              is_destroy, refresh, refresh_only, auto_apply, allow_empty_apply,
              allow_config_generation, plan_only, save_plan, debugging_mode, structured_log,
              terraform_version, priority, status_timestamps, status_changed_at, created_at)
            SELECT ?, w.organization_id, w.id, c.id, 'applying', 'plan_and_apply',
                   'Because <!channel>', 'tfe-api', 'manual', false, true, false, false, false,
                   false, false, false, false, false, '1.11.4', 1, '{}', now(), now()
              FROM workspaces w, configuration c
            """,
            id));
  }

  Database database() {
    return database;
  }

  /// Somebody who hears of all applies of that workspace.
  void insertConfiguration(String id, String type, String url) {
    database.useTransaction(db ->
        db.execute(
            "INSERT INTO notification_configurations (external_id, workspace_id, name,"
                + " destination_type, url, enabled, triggers, created_at, updated_at)"
                + " SELECT ?, id, 'n', ?, ?, true, '{run:applying}', now(), now() FROM workspaces",
            id,
            type,
            url));
  }

  void switchOff(String id) {
    database.useTransaction(db ->
        db.execute(
            "UPDATE notification_configurations SET enabled = false WHERE external_id = ?", id));
  }

  /// What a receiver has answered, the newest first, as `code/successful/body`.
  List<String> responses(String id) {
    return database.read(db ->
        db.createQuery(
                "SELECT d.code || '/' || left(d.successful::text, 1) || '/' || d.body"
                    + " FROM notification_deliveries d JOIN notification_configurations c"
                    + " ON c.id = d.configuration_id WHERE c.external_id = :id ORDER BY d.id DESC")
            .bind("id", id)
            .mapTo(String.class)
            .list());
  }

  /// What is known of a state, as `processed/resources/terraform version`.
  String state(String id) {
    return database.read(db ->
        db.createQuery(
                "SELECT concat_ws('/', resources_processed, resource_count, terraform_version)"
                    + " FROM state_versions WHERE external_id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .one());
  }

  /// Whether the job's row is gone from the outbox: its effect has been written.
  boolean isDone(String jid) {
    return database.read(db ->
        db.createQuery("SELECT count(*) FROM outbox WHERE jid = :jid")
                .bind("jid", jid)
                .mapTo(Long.class)
                .one()
            == 0);
  }

  void awaitDone(String jid) {
    Eventually.until("job " + jid + " done", () -> isDone(jid));
  }

  /// For how many minutes from now the outbox leaves a job to Sidekiq.
  long minutesLeft(String jid) {
    return database.read(db ->
        db.createQuery(
                "SELECT extract(epoch FROM coalesce(lease_until, now()) - now()) / 60"
                    + " FROM outbox WHERE jid = :jid")
            .bind("jid", jid)
            .mapTo(Double.class)
            .one()
            .longValue());
  }

  /// A job that has failed so often before.
  void pushFailed(
      String queue, String jid, String className, String args, int failures, String retry) {
    insert(queue, jid, className);
    redis.call(
        Command.of("LPUSH", "queue:" + queue)
            .and(
                """
                {"class":"%s","args":%s,"jid":"%s","queue":"%s","retry":%s,\
                "created_at":1767225600.25,"retry_count":%d}\
                """
                    .formatted(className, args, jid, queue, retry, failures - 1)));
  }

  /// How many jobs wait in a set of Sidekiq's.
  long size(String set) {
    return redis.call(Command.of("ZCARD", set)).number();
  }

  /// The one job in a set of Sidekiq's; waits for it.
  JsonNode only(String set) {
    Eventually.until("one job in " + set, () -> size(set) == 1);
    try {
      return Json.SNAKE.readTree(
          redis.call(Command.of("ZRANGE", set, "0", "-1")).texts().getFirst());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON in " + set, e);
    }
  }

  @Override
  public void close() {
    worker.close();
    outboundProxy.close();
    neighbours.close();
    redis.close();
    database.close();
    platform.close();
    server.close();
    postgres.close();
    data.close();
  }
}
