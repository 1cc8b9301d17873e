package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.settings.SettingsFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key of the documents.
class SettingKeyTest {
  /// Key, what it may hold, and what it means: a variable, nothing to the services, or a mode that
  /// does not work here yet.
  private static final String KEYS =
      """
      hostname                         TEXT     TFE_HOSTNAME
      installation_type                TEXT     -
      production_type                  TEXT     -
      disk_path                        TEXT     -
      enable_active_active             FLAG     -
      enc_password                     TEXT     TFE_ENCRYPTION_PASSWORD
      capacity_concurrency             NUMBER   TFE_CAPACITY_CONCURRENCY
      capacity_memory                  NUMBER   TFE_CAPACITY_MEMORY
      capacity_cpus                    NUMBER   TFE_CAPACITY_CPU
      iact_subnet_list                 SUBNETS  TFE_IACT_SUBNETS
      iact_subnet_time_limit           MINUTES  TFE_IACT_TIME_LIMIT
      trusted_proxies                  SUBNETS  TFE_IACT_TRUSTED_PROXIES
      root_secret                      TEXT     TERRARIUM_ROOT_SECRET
      user_token                       TEXT     TFE_IACT_TOKEN
      archivist_token                  TEXT     TERRARIUM_ARCHIVIST_TOKEN
      cookie_hash                      TEXT     TERRARIUM_COOKIE_HASH
      internal_api_token               HEX      TERRARIUM_INTERNAL_API_TOKEN
      install_id                       TEXT     TERRARIUM_INSTALL_ID
      registry_session_encryption_key  HEX      TERRARIUM_REGISTRY_SESSION_ENCRYPTION_KEY
      registry_session_secret_key      HEX      TERRARIUM_REGISTRY_SESSION_SECRET_KEY
      extra_no_proxy                   TEXT     later
      restrict_worker_metadata_access  FLAG     later
      hairpin_addressing               FLAG     later
      tls_vers                         TLS      later
      tls_ciphers                      TEXT     later
      force_tls                        FLAG     later
      ca_certs                         TEXT     TFE_TLS_CA_BUNDLE
      log_forwarding_enabled           FLAG     later
      log_forwarding_config            TEXT     later
      metrics_endpoint_enabled         FLAG     TFE_METRICS_ENABLE
      metrics_endpoint_port_http       PORT     TFE_METRICS_HTTP_PORT
      metrics_endpoint_port_https      PORT     TFE_METRICS_HTTPS_PORT
      enable_metrics_collection        FLAG     later
      extern_vault_enable              FLAG     TFE_VAULT_USE_EXTERNAL
      extern_vault_addr                TEXT     TFE_VAULT_ADDRESS EXTERN_VAULT
      extern_vault_role_id             TEXT     TFE_VAULT_ROLE_ID EXTERN_VAULT
      extern_vault_secret_id           TEXT     TFE_VAULT_SECRET_ID EXTERN_VAULT
      extern_vault_path                TEXT     TFE_VAULT_PATH EXTERN_VAULT
      extern_vault_token_renew         NUMBER   TFE_VAULT_TOKEN_RENEW EXTERN_VAULT
      extern_vault_namespace           TEXT     TFE_VAULT_NAMESPACE EXTERN_VAULT
      vault_path                       TEXT     later
      vault_store_snapshot             FLAG     later
      pg_user                          TEXT     TFE_DATABASE_USER EXTERNAL
      pg_password                      TEXT     TFE_DATABASE_PASSWORD EXTERNAL
      pg_netloc                        TEXT     TFE_DATABASE_HOST EXTERNAL
      pg_dbname                        TEXT     TFE_DATABASE_NAME EXTERNAL
      pg_extra_params                  TEXT     TFE_DATABASE_PARAMETERS EXTERNAL
      placement                        PLACEMENT TFE_OBJECT_STORAGE_TYPE EXTERNAL
      aws_instance_profile             FLAG     TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE EXTERNAL
      aws_access_key_id                TEXT     TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID EXTERNAL
      aws_secret_access_key            TEXT     TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY EXTERNAL
      s3_endpoint                      TEXT     TFE_OBJECT_STORAGE_S3_ENDPOINT EXTERNAL
      s3_bucket                        TEXT     TFE_OBJECT_STORAGE_S3_BUCKET EXTERNAL
      s3_region                        TEXT     TFE_OBJECT_STORAGE_S3_REGION EXTERNAL
      s3_sse                           TEXT     TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION EXTERNAL
      s3_sse_kms_key_id                TEXT     TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION_KMS_KEY_ID EXTERNAL
      azure_account_name               TEXT     later
      azure_account_key                TEXT     later
      azure_container                  TEXT     later
      azure_endpoint                   TEXT     later
      gcs_credentials                  TEXT     later
      gcs_project                      TEXT     later
      gcs_bucket                       TEXT     later
      tbw_image                        TEXT     later
      custom_image_tag                 TEXT     later
      run_pipeline_mode                TEXT     later
      custom_agent_image_tag           TEXT     later
      backup_token                     TEXT     TFE_BACKUP_RESTORE_TOKEN
      redis_host                       TEXT     TFE_REDIS_HOST ACTIVE_ACTIVE
      redis_port                       PORT     - ACTIVE_ACTIVE
      redis_use_password_auth          FLAG     TFE_REDIS_USE_AUTH ACTIVE_ACTIVE
      redis_pass                       TEXT     TFE_REDIS_PASSWORD ACTIVE_ACTIVE
      redis_use_tls                    FLAG     TFE_REDIS_USE_TLS ACTIVE_ACTIVE
      redis_use_mtls                   FLAG     later
      consolidated_services_enabled    FLAG     later
      optout_license_reporting         FLAG     later
      optout_usage_reporting           FLAG     later
      """;

  /// Of no authority that anybody needs.
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBbDCCAROgAwIBAgIUO1zUFdtOjRtX2Sje4T2gEqx7zIgwCgYIKoZIzj0EAwIw
      DDEKMAgGA1UEAwwBdDAeFw0yNjExMjIwNzM2MjlaFw0zNjExMTkwNzM2MjlaMAwx
      CjAIBgNVBAMMAXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATHuuV/BvrbNX0U
      pTZOOi+XWbKU4aQcHBRWEIjP7xEWObwY1LEQgOxyXP2rop+EJ1JjgSCsqe2aJBLg
      hqCx5EI9o1MwUTAdBgNVHQ4EFgQUNGGxSh+u599GwuGgWAqgTbOUuq0wHwYDVR0j
      BBgwFoAUNGGxSh+u599GwuGgWAqgTbOUuq0wDwYDVR0TAQH/BAUwAwEB/zAKBggq
      hkjOPQQDAgNHADBEAiANzDkQUr7Oqkv1e99QGLPfRo7b/rfZ41HrA7wqsSEKIgIg
      IiYVdIR7voSacmLRRwhkVeK6yFMxLoYiUIQHGupNNds=
      -----END CERTIFICATE-----\
      """;

  @TempDir Path directory;

  /// A value as it may be, one as it may not, in JSON, and what is said of that one.
  enum Kind {
    TEXT("some text", "7", "must be an object with a text, such as {\"value\": \"1\"}"),
    FLAG("1", "\"true\"", "must be 1 or 0"),
    NUMBER("10", "\"ten\"", "must be a whole number"),
    HEX("0aF9", "\"0aF\"", "must be a hex value"),
    MINUTES("60", "\"soon\"", "must be a number of minutes or unlimited"),
    SUBNETS(
        "10.0.0.0/8, fd00::/8",
        "\"10.0.0.0\"",
        "must be a comma separated list of subnets such as 10.0.0.0/8"),
    TLS("tls_1_2_tls_1_3", "\"tls_1_1\"", "must be tls_1_2, tls_1_3 or tls_1_2_tls_1_3"),
    PORT("6379", "\"none\"", "must be a port, such as 6379"),
    PLACEMENT("placement_s3", "\"placement_tape\"", "must be placement_s3");

    private final String good;
    private final String bad;
    private final String problem;

    Kind(String good, String bad, String problem) {
      this.good = good;
      this.bad = bad;
      this.problem = problem;
    }
  }

  /// @param mode the first in which it means something, `-` for any; `EXTERN_VAULT` is no mode, but
  ///   the switch that these keys need
  record Key(String name, Kind kind, String meaning, String mode) {
    boolean isOfAnyMode() {
      return mode.equals("-");
    }

    /// What is said of it where it means nothing.
    String misplaced() {
      if (mode.equals("EXTERN_VAULT")) {
        return "has a meaning only with extern_vault_enable 1 (TFE_VAULT_USE_EXTERNAL);"
            + " set that, or remove this";
      }
      return "has a meaning only with "
          + OperationalMode.valueOf(mode).setting()
          + "; set that, or remove this";
    }

    /// Of these keys, only some texts, and no other, will do.
    String good() {
      return switch (name) {
        case "installation_type" -> "poc";
        case "production_type" -> "disk";
        case "enable_active_active" -> "0";
        case "ca_certs" -> CERTIFICATE;
        case "extern_vault_enable" -> "0";
        default -> kind.good;
      };
    }
  }

  private static Stream<Key> keys() {
    return KEYS.lines()
        .map(line -> line.split(" +", -1))
        .map(parts ->
            new Key(parts[0], Kind.valueOf(parts[1]), parts[2], parts.length > 3 ? parts[3] : "-"));
  }

  private static Stream<Key> switches() {
    return keys().filter(key -> key.kind() == Kind.FLAG);
  }

  private static Stream<Key> keysThatWork() {
    return keys().filter(key -> !key.meaning().equals("later") && key.isOfAnyMode());
  }

  private static Stream<Key> keysOfAMode() {
    return keys().filter(key -> !key.isOfAnyMode());
  }

  private static Stream<Key> keysForLater() {
    return keys().filter(key -> key.meaning().equals("later"));
  }

  @Test
  void all_keys_are_here() {
    assertThat(keys().map(Key::name)).containsExactlyInAnyOrderElementsOf(SettingKey.names());
  }

  @ParameterizedTest
  @MethodSource("keysThatWork")
  void a_good_value_becomes_its_variable(Key key) throws IOException {
    Map<String, String> environment = read(key, "\"" + key.good() + "\"");

    assertThat(environment)
        .isEqualTo(key.meaning().equals("-") ? Map.of() : Map.of(key.meaning(), key.good()));
  }

  @ParameterizedTest
  @MethodSource("keysForLater")
  void what_has_no_effect_yet_is_refused(Key key) {
    assertProblem(key, "\"" + key.good() + "\"", "has no effect here yet; remove it");
  }

  @ParameterizedTest
  @MethodSource("keysOfAMode")
  void what_means_nothing_in_this_mode_is_refused(Key key) {
    assertProblem(key, "\"" + key.good() + "\"", key.misplaced());
  }

  @ParameterizedTest
  @MethodSource("switches")
  void a_switch_may_be_off(Key key) throws IOException {
    assertThat(read(key, "\"0\"").values()).allMatch("0"::equals);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_bad_value_is_refused_by_name(Key key) {
    // A key that holds no text at all has no value that could be out of place.
    if (key.isOfAnyMode() || key.kind() == Kind.TEXT) {
      assertProblem(key, key.kind().bad, key.kind().problem);
    } else {
      assertProblem(key, key.kind().bad, key.kind().problem, key.misplaced());
    }
  }

  private void assertProblem(Key key, String value, String... problems) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault ->
                assertThat(fault.problems())
                    .containsExactly(
                        Stream.of(problems)
                            .map(problem -> key.name() + ": " + problem)
                            .toArray(String[]::new)));
  }

  private Map<String, String> read(Key key, String value) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("ptfe-settings.json"),
            "{\"%s\": {\"value\": %s}}".formatted(key.name(), value.replace("\n", "\\n")));
    return Settings.read(
        new MeshOptions(
            directory, 0, 0, false, Optional.of(file), List.of(), Optional.empty(), ""));
  }
}
