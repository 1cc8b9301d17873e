package io.terrarium.core.run;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.dispatch.Workers;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.settings.Settings;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.TokenDigest;
import io.terrarium.core.token.Tokens;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testsupport.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs on a real PostgreSQL, with organizations and workspaces to run in; the test plays the
/// people and the workers.
final class RunWorld implements AutoCloseable {
  static final int CONNECTIONS = 4;

  private static final Ids IDS = Ids.random();

  // They note, next to the product, what it does in which order.
  private static final List<String> WITNESSES =
      List.of(
          "ALTER TABLE outbox ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY",
          "CREATE TABLE moves (before text NOT NULL, after text NOT NULL)",
          "CREATE FUNCTION note_move() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO moves"
              + " VALUES (OLD.status, NEW.status); RETURN NULL; END'",
          "CREATE TRIGGER note_move AFTER UPDATE OF status ON runs FOR EACH ROW"
              + " WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_move()");

  private final TestClock clock = new TestClock(Instant.now());
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final Database database;
  private final Outbox outbox;
  private final RunModule module;
  private final Workers workers;
  private final Set<String> drained = ConcurrentHashMap.newKeySet();
  private final Principal.UserPrincipal user;
  private final List<Workspace> workspaces = new ArrayList<>();
  private final Map<RunId, String> kept = new ConcurrentHashMap<>();

  record Workspace(long key, WorkspaceId id, long organizationKey) {}

  /// A phase that waits at the broker for a worker.
  record Command(RunId run, String phaseId, Phase phase) {}

  RunWorld(Path directory) {
    data = DataDirectory.open(directory);
    postgres = EmbeddedPostgres.start(data);
    database =
        Database.open(
            new DatabaseConfig(
                postgres.jdbcUrl(), postgres.username(), postgres.password(), CONNECTIONS),
            "run-world",
            "atlas",
            List.of());
    database.migrate("db/atlas");
    database.useTransaction(db -> WITNESSES.forEach(db::execute));
    outbox = new Outbox(database, clock, _ -> {});
    Settings settings = new Settings(database, clock);
    Access access = new Access();
    TokenDigest digest = TokenDigest.of(new Secret("root secret of a test"));
    Tokens tokens =
        new Tokens(database, digest, new Authentication(database, digest, clock), IDS, clock);
    RunObjects objects =
        new RunObjects(new SignedPaths(List.of(Mac.sha256(new Secret("archivist token")))), clock);
    // Nothing here has variables, so vault is never asked.
    Transit transit =
        new Transit(new TransitConfig(URI.create("http://127.0.0.1:1"), new Secret("none")));
    workers = new Workers(database, drained::contains, () -> {});
    module =
        RunModule.of(
            new RunParts(database, outbox, clock, IDS, () -> {}),
            new RunModule.Neighbours(
                access,
                tokens,
                new ConfigurationVersions(database, access, outbox, clock, IDS),
                transit,
                objects,
                (_, _) -> Optional.empty(),
                (_, run, state) -> kept.put(run.id(), state.objectId()),
                new TerraformVersions(database, clock, IDS, "1.11.4"),
                (_, _, _) -> {},
                settings::current,
                new Capacity(512, 0)));
    user = insertUser();
  }

  TestClock clock() {
    return clock;
  }

  Runs runs() {
    return module.runs();
  }

  PhaseClaims claims() {
    return module.claims();
  }

  Builds builds() {
    return module.builds();
  }

  RunTimers timers() {
    return module.timers();
  }

  Database database() {
    return database;
  }

  PhaseRows phases() {
    return new PhaseRows(database);
  }

  /// The states that runs have left, by their objects.
  Map<RunId, String> kept() {
    return kept;
  }

  List<Workspace> workspaces() {
    return workspaces;
  }

  int dispatch() {
    return module.dispatch().dispatch();
  }

  void freeSlots(int slots, int free) {
    workers.beat(new WorkerBeat(1, "worker-1", "node", slots, free, false, "test"));
  }

  void draining(int slots) {
    workers.beat(new WorkerBeat(1, "worker-1", "node", slots, slots, true, "test"));
  }

  /// The worker's node is marked, of which the worker has not heard.
  void drainedNode(int slots) {
    drained.add("node");
    freeSlots(slots, slots);
  }

  void noWorker() {
    database.useTransaction(db -> db.execute("DELETE FROM workers"));
  }

  private Principal.UserPrincipal insertUser() {
    long key =
        insert(
            "INSERT INTO users (external_id, username, email, password_digest, created_at) VALUES"
                + " ('user-1', 'ada', 'ada@example.com', '-', now()) RETURNING id",
            Map.of());
    return new Principal.UserPrincipal(key, new UserId("user-1"), "ada", false);
  }

  /// One more organization of Ada's, with `count` workspaces that have a configuration each.
  long organization(String name, int count) {
    long organization =
        insert(
            "INSERT INTO organizations (external_id, name, email, created_at) VALUES"
                + " (:id, :name, 'a@example.com', now()) RETURNING id",
            Map.of("id", IDS.next("org-"), "name", name));
    long team =
        insert(
            "INSERT INTO teams (external_id, organization_id, name, created_at) VALUES"
                + " (:id, :organization, 'owners', now()) RETURNING id",
            Map.of("id", IDS.next("team-"), "organization", organization));
    long member =
        insert(
            "INSERT INTO organization_memberships (external_id, organization_id, user_id,"
                + " created_at) VALUES (:id, :organization, :user, now()) RETURNING id",
            Map.of("id", IDS.next("ou-"), "organization", organization, "user", user.userKey()));
    database.useTransaction(db ->
        db.createUpdate(
                "INSERT INTO team_memberships (team_id, membership_id) VALUES (:team, :member)")
            .bind("team", team)
            .bind("member", member)
            .execute());
    long project =
        insert(
            "INSERT INTO projects (external_id, organization_id, name, is_default, created_at)"
                + " VALUES (:id, :organization, 'Default Project', true, now()) RETURNING id",
            Map.of("id", IDS.next("prj-"), "organization", organization));
    for (int i = 0; i < count; i++) {
      workspaces.add(insertWorkspace(organization, project, "ws-" + i));
    }
    return organization;
  }

  private Workspace insertWorkspace(long organization, long project, String name) {
    String id = IDS.next("ws-");
    long key =
        insert(
            "INSERT INTO workspaces (external_id, organization_id, project_id, name,"
                + " terraform_version, global_remote_state, created_at, updated_at,"
                + " latest_change_at) VALUES (:id, :organization, :project, :name, '1.11.4', false,"
                + " now(), now(), now()) RETURNING id",
            Map.of("id", id, "organization", organization, "project", project, "name", name));
    insert(
        "INSERT INTO configuration_versions (external_id, workspace_id, status, source,"
            + " is_speculative, is_provisional, auto_queue_runs, created_at) VALUES"
            + " (:id, :workspace, 'uploaded', 'tfe-api', false, false, false, now()) RETURNING id",
        Map.of("id", IDS.next("cv-"), "workspace", key));
    return new Workspace(key, new WorkspaceId(id), organization);
  }

  private long insert(String sql, Map<String, ?> values) {
    return database.inTransaction(
        db -> db.createQuery(sql).bindMap(values).mapTo(Long.class).one());
  }

  RunId create(Workspace workspace, RunOrder order) {
    return runs().create(user, order.in(workspace.id())).run().id();
  }

  Run run(RunId id) {
    return runs().find(user, id).run();
  }

  void confirm(RunId id) {
    module.actions().confirm(user, id, Optional.empty());
  }

  void discard(RunId id) {
    module.actions().discard(user, id, Optional.empty());
  }

  void cancel(RunId id) {
    module.actions().cancel(user, id, Optional.empty());
  }

  void forceCancel(RunId id) {
    module.actions().forceCancel(user, id, Optional.empty());
  }

  void forceExecute(RunId id) {
    module.actions().forceExecute(user, id);
  }

  void lock(Workspace workspace) {
    database.useTransaction(db ->
        db.createUpdate(
                "UPDATE workspaces SET locked_by_type = 'users', locked_by_id = 'user-1'"
                    + " WHERE id = :key AND locked_by_id IS NULL")
            .bind("key", workspace.key())
            .execute());
  }

  void unlock(Workspace workspace) {
    database.useTransaction(db -> {
      db.createUpdate(
              "UPDATE workspaces SET locked_by_type = NULL, locked_by_id = NULL"
                  + " WHERE id = :key AND locked_by_type = 'users'")
          .bind("key", workspace.key())
          .execute();
      runs().workspaceUnlocked(db, workspace.key());
    });
  }

  /// What waits for a worker at the broker: for the first time, or again since its worker is gone.
  List<Command> commands() {
    return database.read(db ->
        db.createQuery(
                "SELECT r.external_id AS run, p.external_id AS id, p.phase FROM phases p JOIN"
                    + " runs r ON r.id = p.run_id WHERE p.released_at IS NOT NULL AND (p.status ="
                    + " 'queued' OR p.status = 'running' AND (p.worker IS NULL OR p.lease_until <"
                    + " now())) ORDER BY p.id")
            .map((row, _) ->
                new Command(
                    new RunId(row.getString("run")),
                    row.getString("id"),
                    row.getString("phase").equals("plan") ? Phase.PLAN : Phase.APPLY))
            .list());
  }

  /// What atlas says to `worker` when a command for the phase is delivered to it.
  PhaseClaims.Answer ask(String phaseId, String worker) {
    return claims().claim(phaseId, worker, IDS.next("dlv-"));
  }

  /// The phase that a command names, in the hands of `worker`; empty when it is held or over.
  Optional<Claim> claim(Command command, String worker) {
    return ask(command.phaseId(), worker) instanceof PhaseClaims.Answer.Granted(var granted)
        ? Optional.of(new Claim(command, granted.attempt(), worker))
        : Optional.empty();
  }

  /// Claims the phase that the run waits with.
  Claim claim(RunId run, String worker) {
    Command command =
        commands().stream().filter(one -> one.run().equals(run)).findFirst().orElseThrow();
    return claim(command, worker).orElseThrow();
  }

  /// All that was ever sent to sidekiq for the broker, as `run phase`, in its order.
  List<String> sent() {
    return texts(
        "SELECT flow || ' ' || phase FROM outbox WHERE class = 'Runs::EnqueueBuild' ORDER BY position");
  }

  /// Every change of a status that a run has ever made here.
  Set<String> moves() {
    return Set.copyOf(texts("SELECT DISTINCT before || ' > ' || after FROM moves"));
  }

  private List<String> texts(String sql) {
    return database.read(db -> db.createQuery(sql).mapTo(String.class).list());
  }

  @Override
  public void close() {
    outbox.close();
    database.close();
    postgres.close();
    data.close();
  }
}
