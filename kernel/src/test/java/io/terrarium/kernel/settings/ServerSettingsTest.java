package io.terrarium.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.AccessKeys;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the variables say of servers, without asking these.
class ServerSettingsTest {
  private static void assertProblem(Env env, String problem) {
    assertThatThrownBy(env::check)
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault -> assertThat(fault.problems()).singleElement().asString().startsWith(problem));
  }

  @Nested
  class The_database {
    private Env with(String name, String value) {
      Map<String, String> settings = new HashMap<>();
      settings.put("TFE_DATABASE_HOST", "db.example.com");
      settings.put("TFE_DATABASE_NAME", "tfe");
      settings.put("TFE_DATABASE_USER", "tfe");
      settings.put("TFE_DATABASE_PASSWORD", "hush");
      settings.put(name, value);
      return Env.of(settings);
    }

    @ParameterizedTest
    @CsvSource({
      "db.example.com, jdbc:postgresql://db.example.com:5432/tfe",
      "db.example.com:5433, jdbc:postgresql://db.example.com:5433/tfe",
      "[fd00::1], jdbc:postgresql://[fd00::1]:5432/tfe"
    })
    void is_a_host_maybe_with_a_port(String host, String url) {
      assertThat(DatabaseConfig.from(with("TFE_DATABASE_HOST", host), 1).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "db:port", "db:0", "db:65536", "user@db", "db/x", "fd00::1"})
    void is_at_no_other_address(String host) {
      Env env = with("TFE_DATABASE_HOST", host);
      DatabaseConfig.from(env, 1);

      assertProblem(env, "TFE_DATABASE_HOST must be a host or host:port");
    }

    @ParameterizedTest
    @CsvSource({
      "sslmode, must be keyword=value&keyword=value",
      "sslmode=prefer, 'must have an sslmode of require, verify-full, verify-ca or disable'",
      "sslmode=require&socketFactory=x, has the unknown keyword socketFactory; known are",
      "password=x, has the unknown keyword password; known are",
      "sslrootcert=, must be keyword=value&keyword=value"
    })
    void takes_only_parameters_that_are_known(String parameters, String problem) {
      Env env = with("TFE_DATABASE_PARAMETERS", parameters);
      DatabaseConfig.from(env, 1);

      assertProblem(env, "TFE_DATABASE_PARAMETERS " + problem);
    }

    @Test
    void gets_its_parameters_by_the_drivers_names() {
      Env env = with("TFE_DATABASE_PARAMETERS", "sslmode=require&channel_binding=require");

      assertThat(DatabaseConfig.from(env, 1).parameters())
          .containsOnly(Map.entry("sslmode", "require"), Map.entry("channelBinding", "require"));
    }

    @Test
    void has_a_name_that_brings_no_parameters() {
      Env env = with("TFE_DATABASE_NAME", "tfe?loggerFile=/tmp/x");
      DatabaseConfig.from(env, 1);

      assertProblem(env, "TFE_DATABASE_NAME must be the name of a database");
    }
  }

  @Nested
  class Redis {
    @ParameterizedTest
    @CsvSource({"r, 0, 6379", "r, 1, 6380", "r:7000, 1, 7000"})
    void has_a_usual_port(String host, String tls, int port) {
      Env env = Env.of(Map.of("TFE_REDIS_HOST", host, "TFE_REDIS_USE_TLS", tls));

      assertThat(RedisConfig.from(env).port()).isEqualTo(port);
    }

    @Test
    void is_told_no_password_that_it_is_not_to_be_told() {
      Env env =
          Env.of(
              Map.of("TFE_REDIS_HOST", "r", "TFE_REDIS_PASSWORD", "p", "TFE_REDIS_USE_AUTH", "0"));

      assertThat(RedisConfig.from(env).password()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TFE_REDIS_USE_AUTH, 1", "TFE_REDIS_USER, mesh"})
    void that_asks_who_we_are_needs_a_password(String name, String value) {
      Env env = Env.of(Map.of("TFE_REDIS_HOST", "r", name, value));
      RedisConfig.from(env);

      assertProblem(env, "TFE_REDIS_PASSWORD or TFE_REDIS_PASSWORD_FILE must be set");
    }
  }

  @Nested
  class The_store_of_objects {
    private Env with(String... more) {
      Map<String, String> settings = new HashMap<>();
      settings.put("TFE_OBJECT_STORAGE_S3_BUCKET", "tfe");
      settings.put("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", "id");
      settings.put("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", "hush");
      for (int at = 0; at < more.length; at += 2) {
        settings.put("TFE_OBJECT_STORAGE_S3_" + more[at], more[at + 1]);
      }
      return Env.of(settings);
    }

    @ParameterizedTest
    @CsvSource({
      "eu-central-1, https://s3.eu-central-1.amazonaws.com",
      "cn-north-1, https://s3.cn-north-1.amazonaws.com.cn"
    })
    void is_that_of_aws_in_its_region_where_no_other_is_named(String region, String endpoint) {
      ObjectStoreConfig config = ObjectStoreConfig.from(with("REGION", region));

      assertThat(config.endpoint()).isEqualTo(URI.create(endpoint));
      assertThat(config.pathStyle()).isFalse();
    }

    @Test
    void of_ones_own_has_its_bucket_in_the_path() {
      assertThat(ObjectStoreConfig.from(with("ENDPOINT", "https://s3:9000")).pathStyle()).isTrue();
    }

    @Test
    void needs_no_keys_where_the_machine_has_a_role() {
      Env env =
          Env.of(
              Map.of(
                  "TFE_OBJECT_STORAGE_S3_BUCKET",
                  "tfe",
                  "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE",
                  "1"));

      ObjectStoreConfig config = ObjectStoreConfig.from(env);

      env.check();
      assertThat(config.keys()).isEqualTo(new AccessKeys.InstanceProfile(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
      "SERVER_SIDE_ENCRYPTION, rot13, SERVER_SIDE_ENCRYPTION must be AES256 or aws:kms",
      "SERVER_SIDE_ENCRYPTION_KMS_KEY_ID, k, SERVER_SIDE_ENCRYPTION_KMS_KEY_ID has a meaning only",
      "REGION, us east, REGION must be the name of a region"
    })
    void is_asked_for_nothing_that_is_unknown(String name, String value, String problem) {
      Env env = with(name, value);
      ObjectStoreConfig.from(env);

      assertProblem(env, "TFE_OBJECT_STORAGE_S3_" + problem);
    }
  }

  @Test
  void a_broker_with_tls_has_another_usual_port() {
    Env env = Env.of(Map.of("TERRARIUM_RABBITMQ_HOST", "rabbit", "TERRARIUM_RABBITMQ_TLS", "true"));

    assertThat(AmqpConfig.from(env).port()).isEqualTo(5671);
  }

  @Test
  void a_bundle_without_certificates_is_told_of_once() {
    Env env =
        Env.of(
            Map.of(
                "TFE_TLS_CA_BUNDLE",
                "no certificate",
                "TERRARIUM_RABBITMQ_HOST",
                "rabbit",
                "TERRARIUM_RABBITMQ_USER",
                "u",
                "TERRARIUM_RABBITMQ_PASSWORD",
                "p",
                "TFE_REDIS_HOST",
                "r"));
    AmqpConfig.from(env);
    RedisConfig.from(env);

    assertProblem(env, "TFE_TLS_CA_BUNDLE_FILE must hold certificates in PEM");
  }
}
