package io.terrarium.atlas;

import io.terrarium.atlas.api.admin.InitialAdminConfig;
import io.terrarium.atlas.request.Subnet;
import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.core.run.Capacity;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testsupport.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Atlas on a database of its own, with a clock that stands still and ids that count. The rate
/// limit is off, unless a test switches it on.
public final class AtlasFixture implements AutoCloseable {
  static final String IACT = "initial-admin-creation-token";
  // Nobody listens there; health says so.
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final TestClock clock = new TestClock();
  private final AtomicInteger counter = new AtomicInteger();
  private final Platform platform;
  private final AtlasConfig config;
  private final Atlas atlas;
  private final Database database;
  private final HttpClient http = HttpClient.newHttpClient();
  private String adminToken = "";

  private AtlasFixture(Map<String, String> telemetry) {
    Ids ids = prefix -> prefix + "%016d".formatted(counter.incrementAndGet());
    platform = Platform.start(clock, ids);
    config = config(BackingServices.running().freshDatabase(), telemetry);
    AtlasMigrations.migrate(config.database());
    database = Database.open(config.database(), "atlas-test", AtlasMigrations.SCHEMA, List.of());
    database.useTransaction(
        db -> db.execute("UPDATE general_settings SET api_rate_limiting_enabled = false"));
    atlas = Atlas.start(config, platform);
  }

  /// With a site admin, whose name is `admin`.
  public static AtlasFixture start() {
    AtlasFixture fixture = startEmpty();
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
    return new AtlasFixture(telemetry);
  }

  /// Without anybody.
  public static AtlasFixture startEmpty() {
    return new AtlasFixture(Map.of());
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

  @Override
  public void close() {
    http.close();
    atlas.close();
    database.close();
    platform.close();
  }

  static AtlasConfig config(DatabaseConfig database) {
    return config(database, Map.of());
  }

  private static AtlasConfig config(DatabaseConfig database, Map<String, String> telemetry) {
    return new AtlasConfig(
        HttpAddress.loopback(0),
        URI.create("https://127.0.0.1:8443"),
        database,
        BackingServices.running().redis(),
        new CoreConfig(
            new TransitConfig(NOBODY, new Secret("vault token of the test")),
            List.of(new Secret("archivist token of the test")),
            new Secret("root secret of the test"),
            NOBODY,
            URI.create("https://127.0.0.1:8443"),
            new Capacity(512, 0),
            "1.11.4"),
        new Secret("internal token of the test"),
        new InitialAdminConfig(
            new Secret(IACT),
            List.of(Subnet.parse("10.1.0.0/16").orElseThrow()),
            Optional.of(Duration.ofMinutes(60)),
            List.of()),
        telemetry);
  }
}
