package io.terrarium.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.admin.InitialAdminConfig;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.job.JobCodec;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.core.run.Capacity;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.NewToken;
import io.terrarium.core.token.TokenDigest;
import io.terrarium.core.token.Tokens;
import io.terrarium.core.vcs.Hooks;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.net.Subnet;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Atlas on a database of its own, with a clock that stands still and ids that count. The rate
/// limit is off, unless a test switches it on.
public final class AtlasFixture implements AutoCloseable {
  static final String IACT = "initial-admin-creation-token";
  // Nobody listens there; health says so.
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  /// Shared, since all keep their objects in one bucket, under names that hold ids.
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private static Users.@Nullable NewPassword password;

  private final TestClock clock = new TestClock();
  private final Platform platform;
  private final Optional<Neighbours> neighbours;
  private final AtlasConfig config;
  private final Atlas atlas;
  private final Database database;
  private final HttpClient http = HttpClient.newHttpClient();
  private String adminToken = "";

  private AtlasFixture(boolean amongNeighbours, Beside beside, Map<String, String> telemetry) {
    Ids ids = prefix -> prefix + "%016d".formatted(COUNTER.incrementAndGet());
    platform = Platform.start(clock, ids);
    DatabaseConfig own = BackingServices.running().migratedDatabase();
    if (amongNeighbours) {
      // Archivist must know atlas before atlas, which must know archivist, is there.
      int port = FreePorts.any();
      Neighbours near = new Neighbours(clock, URI.create("http://127.0.0.1:" + port));
      neighbours = Optional.of(near);
      config =
          config(
              own,
              port,
              new Addresses(near.vault(), near.archivist(), near.outboundProxy(), beside),
              telemetry);
    } else {
      neighbours = Optional.empty();
      config = config(own, 0, new Addresses(NOBODY, NOBODY, NOBODY, beside), telemetry);
    }
    database = Database.open(config.database(), "atlas-test", AtlasMigrations.SCHEMA, List.of());
    database.useTransaction(
        db -> db.execute("UPDATE general_settings SET api_rate_limiting_enabled = false"));
    atlas = Atlas.start(config, platform);
  }

  /// Those whom only some tests need.
  private record Beside(URI registry, URI buildManager) {
    static final Beside NOBODY_ELSE = new Beside(NOBODY, NOBODY);
  }

  private record Addresses(URI vault, URI archivist, URI outboundProxy, Beside beside) {}

  /// With a site admin, whose name is `admin`.
  public static AtlasFixture start() {
    return withAdmin(startEmpty());
  }

  /// As [#start], with vault and archivist at its side.
  public static AtlasFixture startAmongNeighbours() {
    return startBeside(NOBODY);
  }

  /// As [#startAmongNeighbours], with somebody who speaks for the registry.
  static AtlasFixture startBeside(URI registry) {
    return withAdmin(new AtlasFixture(true, new Beside(registry, NOBODY), Map.of()));
  }

  /// As [#start], with a build-manager.
  static AtlasFixture startBesideBuildManager(URI buildManager) {
    return withAdmin(new AtlasFixture(false, new Beside(NOBODY, buildManager), Map.of()));
  }

  private static AtlasFixture withAdmin(AtlasFixture fixture) {
    fixture.adminToken =
        fixture
            .nobody()
            .send(
                "POST",
                "/admin/initial-admin-user?token=" + IACT,
                "{\"username\":\"admin\",\"email\":\"admin@example.com\",\"password\":\"correct horse\"}",
                Map.of())
            .json()
            .path("token")
            .asText();
    return fixture;
  }

  /// Without anybody, and with variables of OpenTelemetry's.
  static AtlasFixture startTelling(Map<String, String> telemetry) {
    return new AtlasFixture(false, Beside.NOBODY_ELSE, telemetry);
  }

  /// Without anybody.
  public static AtlasFixture startEmpty() {
    return new AtlasFixture(false, Beside.NOBODY_ELSE, Map.of());
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + atlas.port());
  }

  public String adminToken() {
    return adminToken;
  }

  public ApiClient admin() {
    return as(adminToken);
  }

  public ApiClient nobody() {
    return new ApiClient(http, base(), Optional.empty());
  }

  public ApiClient as(String token) {
    return new ApiClient(http, base(), Optional.of(token));
  }

  /// As the services of the mesh call.
  ApiClient mesh() {
    return as(Neighbours.INTERNAL_TOKEN.value());
  }

  /// For signed addresses, which clients reach over the router.
  SignedObjects objects() {
    return new SignedObjects(http, neighbours.orElseThrow().archivist());
  }

  /// One more person, who belongs to nothing yet.
  Principal.UserPrincipal person(String name) {
    Users users = new Users(database, tokens(), authentication(), platform.ids(), clock);
    User user =
        database.inTransaction(db ->
            users.give(db, users.create(db, name, name + "@example.com").key(), password(users)));
    return new Principal.UserPrincipal(user.key(), user.id(), name, false);
  }

  /// The same for all, since it takes its time to digest one.
  private static synchronized Users.NewPassword password(Users users) {
    Users.NewPassword known = password;
    if (known == null) {
      Secret clear = new Secret("correct horse");
      known = users.choose(clear, clear);
      password = known;
    }
    return known;
  }

  ApiClient as(Principal.UserPrincipal person) {
    return as(tokens().createForUser(person, new NewToken("of the test", null)).clear().value());
  }

  /// As a sidekiq worker does when it has had a state parsed.
  void parsed(String stateVersion, ParsedState state) {
    withCore(core ->
        core.stateVersions().parsed(new StateVersionId(stateVersion), state, "no-such-jid"));
  }

  /// As a sidekiq worker does when it has looked through a configuration.
  void readmeRead(String configuration, Optional<String> markdown) {
    withCore(core ->
        core.readmes().keep(new ConfigurationVersionId(configuration), markdown, "no-such-jid"));
  }

  /// As a sidekiq worker does when an apply has ended in a workspace that others follow.
  void trigger(String run) {
    withCore(core -> core.runTriggers().fire(new RunId(run), "no-such-jid"));
  }

  /// As the sweeper does once in an hour.
  void sweepBackingData() {
    withCore(core -> core.backingData().sweep());
  }

  /// As a sidekiq worker does with the jobs about webhooks, once; those that fail stay.
  ///
  /// @return why some have failed
  List<String> workOnWebhooks() {
    List<String> failed = new ArrayList<>();
    withCore(core -> {
      for (Waiting job : waiting()) {
        try {
          switch (JobCodec.read(job.className(), job.argument())) {
            case Job.RegisterWebhook register ->
                core.vcs().hooks().register(register.vcsRepositoryId(), Map.of(), job.jid());
            case Job.RemoveWebhook remove ->
                core.vcs().hookRemovals().remove(remove.vcsRepositoryId(), Map.of(), job.jid());
            default -> throw new AssertionError("not about webhooks: " + job.className());
          }
        } catch (Hooks.HookFault fault) {
          failed.add(String.valueOf(fault.getMessage()));
        }
      }
    });
    return failed;
  }

  /// As a sidekiq worker does with removals that have failed too often.
  void giveUpOnWebhooks(String reason) {
    withCore(core -> {
      for (Waiting job : waiting()) {
        if (JobCodec.read(job.className(), job.argument()) instanceof Job.RemoveWebhook remove) {
          core.vcs().hookRemovals().giveUp(remove.vcsRepositoryId(), reason, job.jid());
        }
      }
    });
  }

  /// As the sweeper does once in an hour.
  void sweepWebhooks() {
    withCore(core -> core.vcs().repositories().sweep());
  }

  /// A job in the outbox.
  private record Waiting(String jid, String className, JsonNode argument) {}

  private List<Waiting> waiting() {
    return database.read(db ->
        db.createQuery(
                "SELECT jid, class, argument FROM outbox WHERE class LIKE 'Webhooks::Re%'"
                    + " ORDER BY created_at, jid")
            .map(
                (row, _) -> new Waiting(row.getString(1), row.getString(2), tree(row.getString(3))))
            .list());
  }

  private static JsonNode tree(String json) {
    try {
      return Json.SNAKE.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  private void withCore(Consumer<Core> work) {
    try (Redis redis = Redis.open(config.redis(), "atlas-test", Duration.ofSeconds(30));
        Core core = Core.of(config.core(), database, redis, platform, () -> {})) {
      work.accept(core);
    }
  }

  Tokens tokens() {
    return new Tokens(
        database,
        TokenDigest.of(config.core().rootSecret()),
        authentication(),
        platform.ids(),
        clock);
  }

  private Authentication authentication() {
    return new Authentication(database, TokenDigest.of(config.core().rootSecret()), clock);
  }

  public TestClock clock() {
    return clock;
  }

  /// To look behind the API, or to make what it cannot make yet.
  public Database database() {
    return database;
  }

  public AtlasConfig config() {
    return config;
  }

  public Platform platform() {
    return platform;
  }

  List<MountedRoute> mounted() {
    return atlas.mounted();
  }

  List<MountedRoute> audited() {
    return atlas.audited();
  }

  @Override
  public void close() {
    http.close();
    atlas.close();
    database.close();
    neighbours.ifPresent(Neighbours::close);
    platform.close();
  }

  static AtlasConfig config(DatabaseConfig database) {
    return config(database, 0, new Addresses(NOBODY, NOBODY, NOBODY, Beside.NOBODY_ELSE), Map.of());
  }

  private static AtlasConfig config(
      DatabaseConfig database, int port, Addresses near, Map<String, String> telemetry) {
    return new AtlasConfig(
        HttpAddress.loopback(port),
        URI.create("https://127.0.0.1:8443"),
        database,
        BackingServices.running().redis(),
        new CoreConfig(
            new TransitConfig(near.vault(), Neighbours.VAULT_TOKEN),
            List.of(Neighbours.ARCHIVIST_TOKEN),
            new Secret("root secret of the test"),
            near.archivist(),
            URI.create("https://127.0.0.1:8443"),
            near.outboundProxy(),
            new Capacity(512, 0),
            "1.11.4"),
        near.beside().registry(),
        near.beside().buildManager(),
        Neighbours.INTERNAL_TOKEN,
        new InitialAdminConfig(
            new Secret(IACT),
            List.of(Subnet.parse("10.1.0.0/16").orElseThrow()),
            Optional.of(Duration.ofMinutes(60)),
            List.of()),
        Optional.of(new AtlasConfig.Lab(NOBODY, new Secret("lab token of the test"))),
        telemetry);
  }
}
