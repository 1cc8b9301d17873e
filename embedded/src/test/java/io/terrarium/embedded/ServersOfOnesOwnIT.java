package io.terrarium.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.BrokerCheck;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseCheck;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreCheck;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisCheck;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.LocalServer;
import io.terrarium.testsupport.installed.Certificates;
import io.terrarium.testsupport.installed.InstalledPostgres;
import io.terrarium.testsupport.installed.InstalledRedis;
import io.terrarium.testsupport.installed.TlsFront;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an installation says of servers of its own, with TLS by an authority that only its bundle
/// knows, and passwords.
class ServersOfOnesOwnIT {
  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() {
    assumeTrue(
        InstalledPostgres.programs().isPresent() && InstalledRedis.isInstalled(),
        "no PostgreSQL and Redis are installed: apt-get install postgresql redis-server");
    certificates = Certificates.in(directory);
  }

  /// The settings of `usual`, but for one.
  private static Env but(Map<String, String> usual, String name, String value) {
    Map<String, String> settings = new HashMap<>(usual);
    settings.put(name, value);
    return Env.of(settings);
  }

  private static Map.Entry<String, String> bundle() {
    return Map.entry("TFE_TLS_CA_BUNDLE_FILE", certificates.authority().toString());
  }

  @Nested
  class A_postgres {
    private static InstalledPostgres server;

    @BeforeAll
    static void start() {
      server = InstalledPostgres.start(certificates);
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    private Map<String, String> settings() {
      return Map.ofEntries(
          bundle(),
          Map.entry("TFE_DATABASE_HOST", server.host()),
          Map.entry("TFE_DATABASE_NAME", InstalledPostgres.DATABASE),
          Map.entry("TFE_DATABASE_USER", InstalledPostgres.USER),
          Map.entry("TFE_DATABASE_PASSWORD", InstalledPostgres.PASSWORD),
          Map.entry("TFE_DATABASE_PARAMETERS", "sslmode=verify-full"));
    }

    private Optional<String> problem(Env env) {
      DatabaseConfig config = DatabaseConfig.from(env, 1);
      env.check();
      return DatabaseCheck.problem(config);
    }

    @Test
    void that_the_bundle_vouches_for_is_used_over_tls() {
      DatabaseConfig config = DatabaseConfig.from(Env.of(settings()), 1);

      try (Database database = Database.open(config, "it", "public", List.of())) {
        boolean encrypted =
            database.read(db ->
                db.createQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .mapTo(Boolean.class)
                    .one());
        assertThat(encrypted).isTrue();
      }
    }

    @Test
    void as_the_settings_say_has_no_problem() {
      assertThat(problem(Env.of(settings()))).isEmpty();
    }

    @Test
    void is_verified_by_a_file_of_its_own_as_well() {
      String parameters = "sslmode=verify-ca&sslrootcert=" + certificates.authority();
      Map<String, String> settings = new HashMap<>(settings());
      settings.remove("TFE_TLS_CA_BUNDLE_FILE");

      assertThat(problem(but(settings, "TFE_DATABASE_PARAMETERS", parameters))).isEmpty();
    }

    @Test
    void of_an_unknown_authority_is_refused() {
      Map<String, String> settings = new HashMap<>(settings());
      settings.remove("TFE_TLS_CA_BUNDLE_FILE");

      assertThat(problem(Env.of(settings)))
          .hasValueSatisfying(problem ->
              assertThat(problem)
                  .startsWith("TFE_DATABASE_PARAMETERS cannot be met")
                  .contains("TFE_TLS_CA_BUNDLE_FILE"));
    }

    @ParameterizedTest
    @CsvSource({
      "TFE_DATABASE_PASSWORD, wrong, TFE_DATABASE_PASSWORD or TFE_DATABASE_USER is refused",
      "TFE_DATABASE_NAME, absent, TFE_DATABASE_NAME is not there",
      "TFE_DATABASE_PARAMETERS, sslmode=disable, TFE_DATABASE_PARAMETERS cannot be met",
      "TFE_DATABASE_HOST, 127.0.0.1:1, TFE_DATABASE_HOST does not answer"
    })
    void that_is_not_as_the_settings_say_names_the_setting(
        String name, String value, String problem) {
      assertThat(problem(but(settings(), name, value)))
          .hasValueSatisfying(found ->
              assertThat(found).startsWith(problem).doesNotContain(InstalledPostgres.PASSWORD));
    }

    @Test
    void in_which_nothing_may_be_made_is_refused() {
      server.sql("CREATE ROLE reader LOGIN PASSWORD 'r'");
      Map<String, String> settings = new HashMap<>(settings());
      settings.put("TFE_DATABASE_PASSWORD", "r");

      assertThat(problem(but(settings, "TFE_DATABASE_USER", "reader")))
          .hasValueSatisfying(
              problem -> assertThat(problem).startsWith("TFE_DATABASE_USER may make no schemas"));
    }
  }

  @Nested
  class A_redis {
    private static InstalledRedis server;

    @BeforeAll
    static void start() {
      server = InstalledRedis.start(directory, certificates);
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    private Map<String, String> settings() {
      return Map.ofEntries(
          bundle(),
          Map.entry("TFE_REDIS_HOST", server.host()),
          Map.entry("TFE_REDIS_USE_AUTH", "1"),
          Map.entry("TFE_REDIS_PASSWORD", InstalledRedis.PASSWORD),
          Map.entry("TFE_REDIS_USE_TLS", "1"));
    }

    private Optional<String> problem(Env env) {
      RedisConfig config = RedisConfig.from(env);
      env.check();
      return RedisCheck.problem(config);
    }

    @Test
    void as_the_settings_say_has_no_problem() {
      assertThat(problem(Env.of(settings()))).isEmpty();
    }

    @Test
    void knows_us_by_a_user_of_its_list() {
      Map<String, String> settings = new HashMap<>(settings());
      settings.put("TFE_REDIS_PASSWORD", InstalledRedis.USER_PASSWORD);
      RedisConfig config = RedisConfig.from(but(settings, "TFE_REDIS_USER", InstalledRedis.USER));

      try (Redis redis = Redis.open(config, "it", Duration.ZERO)) {
        assertThat(redis.call(Command.of("ACL", "WHOAMI")).text()).isEqualTo(InstalledRedis.USER);
      }
    }

    @Test
    void of_an_unknown_authority_is_refused() {
      Map<String, String> settings = new HashMap<>(settings());
      settings.remove("TFE_TLS_CA_BUNDLE_FILE");

      assertThat(problem(Env.of(settings)))
          .hasValueSatisfying(problem ->
              assertThat(problem)
                  .startsWith("TFE_REDIS_HOST does not answer as Redis")
                  .contains("TFE_TLS_CA_BUNDLE_FILE", "certification path"));
    }

    @ParameterizedTest
    @CsvSource({
      "TFE_REDIS_PASSWORD, wrong, TFE_REDIS_PASSWORD is not what Redis asks for",
      "TFE_REDIS_USER, nobody, TFE_REDIS_PASSWORD is not what Redis asks for",
      "TFE_REDIS_USE_AUTH, 0, TFE_REDIS_PASSWORD is not what Redis asks for",
      "TFE_REDIS_USE_TLS, 0, TFE_REDIS_HOST does not answer as Redis",
      "TFE_REDIS_HOST, 127.0.0.1:1, TFE_REDIS_HOST does not answer as Redis"
    })
    void that_is_not_as_the_settings_say_names_the_setting(
        String name, String value, String problem) {
      assertThat(problem(but(settings(), name, value)))
          .hasValueSatisfying(found ->
              assertThat(found).startsWith(problem).doesNotContain(InstalledRedis.PASSWORD));
    }
  }

  @Nested
  class A_store_of_objects {
    private static final String BUCKET = "their-bucket";
    private static DataDirectory data;
    private static EmbeddedS3 server;
    private static TlsFront front;

    @BeforeAll
    static void start() {
      data = DataDirectory.open(directory.resolve("s3"));
      server = EmbeddedS3.start(data);
      front = TlsFront.start(certificates, server.port());
      try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.of(settings())), 1)) {
        store.ensureBucket();
      }
    }

    @AfterAll
    static void stop() {
      front.close();
      server.close();
      data.close();
    }

    private static Map<String, String> settings() {
      return Map.ofEntries(
          bundle(),
          Map.entry("TFE_OBJECT_STORAGE_S3_ENDPOINT", "https://127.0.0.1:" + front.port()),
          Map.entry("TFE_OBJECT_STORAGE_S3_BUCKET", BUCKET),
          Map.entry("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", server.accessKey()),
          Map.entry("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", server.secretKey().value()));
    }

    private Optional<String> problem(Env env) {
      ObjectStoreConfig config = ObjectStoreConfig.from(env);
      env.check();
      return ObjectStoreCheck.problem(config);
    }

    @Test
    void as_the_settings_say_has_no_problem_and_keeps_nothing_of_the_look() {
      assertThat(problem(Env.of(settings()))).isEmpty();
      try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.of(settings())), 1)) {
        assertThat(store.list("")).isEmpty();
      }
    }

    @Test
    void of_an_unknown_authority_is_refused() {
      Map<String, String> settings = new HashMap<>(settings());
      settings.remove("TFE_TLS_CA_BUNDLE_FILE");

      assertThat(problem(Env.of(settings)))
          .hasValueSatisfying(problem ->
              assertThat(problem)
                  .startsWith("TFE_OBJECT_STORAGE_S3_ENDPOINT does not answer as an S3")
                  .contains("certification path"));
    }

    @ParameterizedTest
    @CsvSource({
      "SECRET_ACCESS_KEY, wrong, SECRET_ACCESS_KEY or TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID is",
      "ACCESS_KEY_ID, nobody, SECRET_ACCESS_KEY or TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID is",
      "BUCKET, no-such-bucket, BUCKET no-such-bucket is not there",
      "ENDPOINT, https://127.0.0.1:1, ENDPOINT does not answer as an S3"
    })
    void that_is_not_as_the_settings_say_names_the_setting(
        String name, String value, String problem) {
      assertThat(problem(but(settings(), "TFE_OBJECT_STORAGE_S3_" + name, value)))
          .hasValueSatisfying(found ->
              assertThat(found)
                  .startsWith("TFE_OBJECT_STORAGE_S3_" + problem)
                  .doesNotContain(server.secretKey().value()));
    }

    @Test
    void is_used_with_the_keys_of_the_machines_role() {
      String keys =
          """
          {"Code":"Success","AccessKeyId":"of-the-role","SecretAccessKey":"hush","Token":"a-token",
           "Expiration":"2100-01-01T00:00:00Z"}
          """;
      try (LocalServer metadata =
          LocalServer.start(exchange -> {
            String path = exchange.getRequestURI().getPath();
            LocalServer.answer(
                exchange,
                200,
                path.endsWith("/token") ? "imds" : path.endsWith("/the-role") ? keys : "the-role");
          })) {
        Map<String, String> settings = new HashMap<>();
        settings.put("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", "1");
        settings.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.address().toString());

        assertThat(sent(settings))
            .containsEntry("x-amz-security-token", "a-token")
            .hasEntrySatisfying(
                "authorization", value -> assertThat(value).contains("Credential=of-the-role/"));
      }
    }

    @Test
    void whose_machine_has_no_role_is_refused() {
      try (LocalServer metadata =
          LocalServer.start(exchange -> LocalServer.answer(exchange, 404, ""))) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.address().toString());

        assertThat(problem(but(settings, "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", "1")))
            .hasValueSatisfying(problem ->
                assertThat(problem)
                    .startsWith("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE is set"));
      }
    }

    @ParameterizedTest
    @CsvSource({"AES256,", "aws:kms, key-1"})
    void is_asked_to_encrypt(String kind, @Nullable String key) {
      Map<String, String> settings = new HashMap<>(settings());
      settings.put("TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION", kind);
      if (key != null) {
        settings.put("TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION_KMS_KEY_ID", key);
      }

      Map<String, String> headers = sent(settings);

      assertThat(headers).containsEntry("x-amz-server-side-encryption", kind);
      assertThat(headers.get("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo(key);
    }

    /// The headers of a small upload to somebody else's store, which believes us anything.
    private Map<String, String> sent(Map<String, String> settings) {
      Map<String, String> headers = new ConcurrentHashMap<>();
      try (LocalServer theirs =
          LocalServer.start(exchange -> {
            exchange
                .getRequestHeaders()
                .forEach((name, values) ->
                    headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            exchange.getResponseHeaders().set("ETag", "\"of-nothing\"");
            LocalServer.answer(exchange, 200, "");
          })) {
        Map<String, String> here = new HashMap<>(settings);
        here.put("TFE_OBJECT_STORAGE_S3_ENDPOINT", theirs.address().toString());
        here.put("TFE_OBJECT_STORAGE_S3_BUCKET", BUCKET);
        try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.of(here)), 1)) {
          store.put("a", "hello".getBytes(UTF_8), Map.of());
        }
      }
      return headers;
    }
  }

  @Nested
  class A_broker {
    private static DataDirectory data;
    private static EmbeddedBroker server;
    private static TlsFront front;

    @BeforeAll
    static void start() {
      data = DataDirectory.open(directory.resolve("broker"));
      server = EmbeddedBroker.start(data);
      front = TlsFront.start(certificates, server.port());
    }

    @AfterAll
    static void stop() {
      front.close();
      server.close();
      data.close();
    }

    private Map<String, String> settings() {
      return Map.ofEntries(
          bundle(),
          Map.entry("TERRARIUM_RABBITMQ_HOST", "127.0.0.1"),
          Map.entry("TERRARIUM_RABBITMQ_PORT", Integer.toString(front.port())),
          Map.entry("TERRARIUM_RABBITMQ_USER", server.username()),
          Map.entry("TERRARIUM_RABBITMQ_PASSWORD", server.password().value()),
          Map.entry("TERRARIUM_RABBITMQ_TLS", "1"));
    }

    private Optional<String> problem(Env env) {
      AmqpConfig config = AmqpConfig.from(env);
      env.check();
      return BrokerCheck.problem(config);
    }

    @Test
    void as_the_settings_say_has_no_problem() {
      assertThat(problem(Env.of(settings()))).isEmpty();
    }

    @Test
    void of_an_unknown_authority_is_refused() {
      Map<String, String> settings = new HashMap<>(settings());
      settings.remove("TFE_TLS_CA_BUNDLE_FILE");

      assertThat(problem(Env.of(settings)))
          .hasValueSatisfying(problem ->
              assertThat(problem)
                  .startsWith("TERRARIUM_RABBITMQ_HOST does not answer as RabbitMQ")
                  .contains("certification path"));
    }

    @ParameterizedTest
    @CsvSource({
      "PASSWORD, wrong, PASSWORD or TERRARIUM_RABBITMQ_USER is refused",
      "PORT, 1, HOST does not answer as RabbitMQ",
      "VHOST, absent, VHOST absent cannot be opened"
    })
    void that_is_not_as_the_settings_say_names_the_setting(
        String name, String value, String problem) {
      assertThat(problem(but(settings(), "TERRARIUM_RABBITMQ_" + name, value)))
          .hasValueSatisfying(found ->
              assertThat(found)
                  .startsWith("TERRARIUM_RABBITMQ_" + problem)
                  .doesNotContain(server.password().value()));
    }
  }
}
