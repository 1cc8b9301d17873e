package io.terrarium.atlas.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.AtlasMigrations;
import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.stateversion.StateVersionResource;
import io.terrarium.atlas.api.stateversion.StateVersionsApi;
import io.terrarium.atlas.api.variable.VariablesApi;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.TerraformVersions;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.settings.Settings;
import io.terrarium.core.stateversion.PendingStateStore;
import io.terrarium.core.stateversion.StateObjects;
import io.terrarium.core.stateversion.StateUploads;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.core.variable.Variables;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.WorkspaceTags;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The workspace part of the API on a real PostgreSQL. Callers are named by their bearer token:
/// `alice` and `anna` own acme, `bob` owns beta, `acme` is the organization's token.
final class WorkspaceServer implements AutoCloseable {
  private static final String ARCHIVIST = SignedPaths.PREFIX + "*";

  private static final String CONFIGURATION =
      """
      INSERT INTO configuration_versions (external_id, workspace_id, status, source,
        is_speculative, is_provisional, auto_queue_runs, created_at)
      SELECT ?, id, 'uploaded', 'tfe-api', false, false, false, now() FROM workspaces
       WHERE external_id = ?
      """;

  private static final String RUN =
      """
      INSERT INTO runs (external_id, organization_id, workspace_id, configuration_version_id,
        status, operation, message, source, trigger_reason, is_destroy, refresh, refresh_only,
        auto_apply, allow_empty_apply, allow_config_generation, plan_only, save_plan,
        debugging_mode, structured_log, terraform_version, priority, status_timestamps,
        status_changed_at, created_at)
      SELECT ?, w.organization_id, w.id, c.id, 'planning', 'plan_and_apply', '', 'tfe-api',
             'manual', false, true, false, false, false, false, false, false, false, false,
             '1.11.4', 1, '{}', now(), now()
        FROM configuration_versions c JOIN workspaces w ON w.id = c.workspace_id
       WHERE c.external_id = ?
      """;

  private static final List<String> PEOPLE =
      List.of(
          """
          INSERT INTO users (external_id, username, email, password_digest, created_at)
          SELECT 'user-' || name, name, name || '@example.com', '-', now()
            FROM unnest(ARRAY['alice', 'anna', 'bob']) AS name
          """,
          """
          INSERT INTO organizations (external_id, name, email, created_at)
          SELECT 'org-' || name, name, name || '@example.com', now()
            FROM unnest(ARRAY['acme', 'beta']) AS name
          """,
          """
          INSERT INTO teams (external_id, organization_id, name, created_at)
          SELECT 'team-' || name, id, 'owners', now() FROM organizations
          """,
          """
          INSERT INTO team_memberships (team_id, user_id)
          SELECT t.id, u.id FROM teams t, users u
           WHERE (t.external_id = 'team-acme') = (u.username <> 'bob')
          """,
          """
          INSERT INTO projects (external_id, organization_id, name, is_default, created_at)
          SELECT 'prj-' || name, id, 'Default Project', true, now() FROM organizations
          """);

  final List<Long> unlocked = new CopyOnWriteArrayList<>();
  final Map<String, byte[]> shelf = new ConcurrentHashMap<>();
  final Database database;
  final StateVersions states;

  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final Platform platform = Platform.start();
  private final HttpService archivist;
  private final ServiceClient archivistClient;
  private final Outbox outbox;
  private final HttpService http;
  private final HttpClient client = HttpClient.newHttpClient();
  private final SignedPaths paths =
      new SignedPaths(List.of(Mac.sha256(new Secret("a key for tests only"))));

  WorkspaceServer(Path directory) {
    data = DataDirectory.open(directory);
    postgres = EmbeddedPostgres.start(data);
    DatabaseConfig config =
        new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 4);
    AtlasMigrations.migrate(config);
    database = Database.open(config, "test", "atlas", List.of());
    database.useTransaction(db -> PEOPLE.forEach(db::execute));
    archivist =
        HttpService.start(
            platform.vertx(), "archivist", new HttpAddress("127.0.0.1", 0), this::mountShelf);
    archivistClient =
        new ServiceClient(
            URI.create("http://127.0.0.1:" + archivist.port()),
            Optional.empty(),
            Duration.ofSeconds(10));
    outbox = new Outbox(database, platform.clock(), _ -> {});
    Access access = new Access();
    LocalCipher cipher = new LocalCipher();
    StateObjects objects = new StateObjects(paths, archivistClient, platform.clock());
    StateVersions.Parts parts = new StateVersions.Parts(outbox, platform.clock(), platform.ids());
    states = new StateVersions(database, access, cipher, objects, parts);
    Workspaces workspaces =
        new Workspaces(
            database,
            access,
            platform.clock(),
            platform.ids(),
            new TerraformVersions("1.11.4"),
            new Settings(database, platform.clock())::current);
    WorkspaceLocks locks =
        new WorkspaceLocks(
            database,
            access,
            platform.clock(),
            new PendingStateStore(),
            (_, key) -> unlocked.add(key));
    StateUploads uploads = new StateUploads(database, access, workspaces, states, objects, parts);
    PublicAddress address = new PublicAddress(URI.create("https://terrarium.test"));
    http =
        HttpService.start(
            platform.vertx(),
            "atlas",
            new HttpAddress("127.0.0.1", 0),
            root -> {
              Api api = root.behind(this::identify);
              new WorkspacesApi(workspaces, locks, new Includes<>(Set.of(), Map.of())).mount(api);
              new WorkspaceTagsApi(new WorkspaceTags(database, access)).mount(api);
              new VariablesApi(
                      new Variables(database, access, cipher, platform.clock(), platform.ids()))
                  .mount(api);
              new StateVersionsApi(
                      states,
                      uploads,
                      new StateVersionResource(objects, address),
                      new Includes<>(Set.of(), Map.of()))
                  .mount(api);
            });
  }

  /// An answer of the API.
  record Answer(int status, JsonNode body) {
    String id() {
      return body.at("/data/id").asText();
    }

    JsonNode attribute(String name) {
      return body.path("data").path("attributes").path(name);
    }

    String detail() {
      return body.at("/errors/0/detail").asText();
    }

    List<String> pointers() {
      List<String> pointers = new ArrayList<>();
      body.path("errors").forEach(error -> pointers.add(error.at("/source/pointer").asText()));
      return pointers;
    }

    List<String> names() {
      List<String> names = new ArrayList<>();
      body.path("data").forEach(one -> names.add(one.at("/attributes/name").asText()));
      return names;
    }
  }

  Answer get(String caller, String path) {
    return send(caller, "GET", path, null);
  }

  Answer post(String caller, String path, String body) {
    return send(caller, "POST", path, body);
  }

  Answer send(String caller, String method, String path, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/api/v2" + path))
            .header("Authorization", "Bearer " + caller)
            .header("Content-Type", Reply.JSON_API)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), Json.KEBAB.readTree(response.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A new workspace of acme.
  String workspace(String name) {
    return post(
            "alice",
            "/organizations/acme/workspaces",
            document("workspaces", "{\"name\":\"" + name + "\"}"))
        .id();
  }

  static String document(String type, String attributes) {
    return "{\"data\":{\"type\":\"" + type + "\",\"attributes\":" + attributes + "}}";
  }

  static String query(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Reply identify(Call call, Endpoint next) throws Exception {
    BearerToken.of(call).ifPresent(name -> call.put(Principal.class, principal(name)));
    return next.answer(call);
  }

  private Principal principal(String name) {
    if (name.equals("acme")) {
      long key = key("SELECT id FROM organizations WHERE name = 'acme'");
      return new Principal.OrganizationPrincipal(key, new OrganizationId("org-acme"), name);
    }
    if (name.startsWith("run-")) {
      return run(name);
    }
    long key = key("SELECT id FROM users WHERE username = '" + name + "'");
    return new Principal.UserPrincipal(key, new UserId("user-" + name), name, false);
  }

  private Principal run(String name) {
    return database.read(db ->
        db.createQuery(
                "SELECT r.id, w.id, w.external_id, w.organization_id FROM runs r"
                    + " JOIN workspaces w ON w.id = r.workspace_id WHERE r.external_id = :name")
            .bind("name", name)
            .map((row, _) ->
                new Principal.RunPrincipal(
                    row.getLong(1),
                    new RunId(name),
                    row.getLong(2),
                    new WorkspaceId(row.getString(3)),
                    row.getLong(4)))
            .one());
  }

  /// A run of the workspace, which holds its lock.
  void run(String name, String workspace) {
    database.useTransaction(db -> {
      db.execute(CONFIGURATION, "cv-" + name, workspace);
      db.execute(RUN, name, "cv-" + name);
      db.execute(
          "UPDATE workspaces SET locked_by_type = 'runs', locked_by_id = ? WHERE external_id = ?",
          name,
          workspace);
    });
  }

  long key(String sql) {
    return database.read(db -> db.createQuery(sql).mapTo(Long.class).one());
  }

  /// Takes what carries our signature.
  private void mountShelf(Api api) {
    api.put(
        ARCHIVIST,
        call -> {
          shelf.put(key(call), call.body());
          return Reply.noContent();
        });
    api.get(ARCHIVIST, call -> Reply.bytes("application/octet-stream", taken(key(call))));
  }

  private byte[] taken(String key) {
    byte[] bytes = shelf.get(key);
    if (bytes == null) {
      throw new Fault.NotFound();
    }
    return bytes;
  }

  private String key(Call call) {
    return paths.read(call.path().substring(SignedPaths.PREFIX.length())).orElseThrow().key();
  }

  @Override
  public void close() {
    http.close();
    archivist.close();
    archivistClient.close();
    client.close();
    outbox.close();
    database.close();
    platform.close();
    postgres.close();
    data.close();
  }
}
