package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void without_a_file_nothing_is_set() {
    assertThat(Settings.read(options(Optional.empty()))).isEmpty();
  }

  @Test
  void known_keys_become_the_services_variables() throws IOException {
    Map<String, String> environment =
        read(
            """
            {"hostname": {"value": "tfe.example.com"}, "capacity_memory": {"value": "1024"},
             "iact_subnet_time_limit": {"value": "unlimited"}, "extra_no_proxy": {}}
            """);

    assertThat(environment)
        .containsOnly(
            Map.entry("TFE_HOSTNAME", "tfe.example.com"),
            Map.entry("TFE_CAPACITY_MEMORY", "1024"),
            Map.entry("TFE_IACT_TIME_LIMIT", "unlimited"));
  }

  @Test
  void mistakes_are_reported_at_once_each_with_its_key() {
    assertThatThrownBy(() ->
            read(
                """
                {"installation_type": {"value": "production"},
                 "capacity_memory": {"value": "much"},
                 "internal_api_token": {"value": "not hex"},
                 "iact_subnet_list": {"value": "everywhere"},
                 "capacity_concurrency": 10,
                 "disc_path": {"value": "/data"}}
                """))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault ->
                assertThat(fault.problems())
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("production_type: must be set"))
                    .anyMatch(line -> line.startsWith("capacity_memory: must be a whole number"))
                    .anyMatch(line -> line.startsWith("internal_api_token: must be a hex value"))
                    .anyMatch(line -> line.startsWith("iact_subnet_list: "))
                    .anyMatch(line -> line.startsWith("capacity_concurrency: must be an object"))
                    .anyMatch(line -> line.startsWith("disc_path: is no known setting")));
  }

  @Test
  void the_two_ports_of_metrics_differ() {
    assertThatThrownBy(() -> read("{\"metrics_endpoint_port_http\": {\"value\": \"9091\"}}"))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining(
            "metrics_endpoint_port_https (TFE_METRICS_HTTPS_PORT) must be another port than"
                + " metrics_endpoint_port_http (TFE_METRICS_HTTP_PORT)");
  }

  @Test
  void a_vault_of_the_users_is_told_to_the_services() throws IOException {
    Map<String, String> environment =
        read(
            """
            {"extern_vault_enable": {"value": "1"},
             "extern_vault_addr": {"value": "https://vault.example.com:8200"},
             "extern_vault_role_id": {"value": "role"},
             "extern_vault_secret_id": {"value": "hush"},
             "extern_vault_path": {"value": "auth/other"},
             "extern_vault_token_renew": {"value": "600"},
             "extern_vault_namespace": {"value": "team"}}
            """);

    assertThat(environment)
        .containsOnly(
            Map.entry("TFE_VAULT_USE_EXTERNAL", "1"),
            Map.entry("TFE_VAULT_ADDRESS", "https://vault.example.com:8200"),
            Map.entry("TFE_VAULT_ROLE_ID", "role"),
            Map.entry("TFE_VAULT_SECRET_ID", "hush"),
            Map.entry("TFE_VAULT_PATH", "auth/other"),
            Map.entry("TFE_VAULT_TOKEN_RENEW", "600"),
            Map.entry("TFE_VAULT_NAMESPACE", "team"));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void our_own_vault_is_started_unless_there_is_one_of_the_users(String isExternal, boolean ours) {
    assertThat(
            List.of(Mesh.independent(Map.of("TFE_VAULT_USE_EXTERNAL", isExternal)))
                .contains(ServiceProgram.VAULT))
        .isEqualTo(ours);
  }

  @Test
  void all_that_a_vault_of_the_users_lacks_is_told_at_once() {
    assertThatThrownBy(() ->
            read(
                """
                {"extern_vault_enable": {"value": "1"},
                 "extern_vault_path": {"value": "auth/../sys"},
                 "extern_vault_token_renew": {"value": "0"}}
                """))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault ->
                assertThat(fault.problems())
                    .hasSize(5)
                    .anyMatch(line ->
                        line.equals(
                            "extern_vault_addr (TFE_VAULT_ADDRESS) must be set where"
                                + " extern_vault_enable (TFE_VAULT_USE_EXTERNAL) is"))
                    .anyMatch(line -> line.startsWith("extern_vault_role_id (TFE_"))
                    .anyMatch(line -> line.startsWith("extern_vault_secret_id (TFE_"))
                    .anyMatch(line -> line.startsWith("extern_vault_path (TFE_"))
                    .anyMatch(line -> line.startsWith("extern_vault_token_renew (TFE_")));
  }

  @ParameterizedTest
  @CsvSource({"0", "false"})
  void a_vault_that_is_described_and_switched_off_is_told_of(String off) {
    Env shell =
        Env.of(Map.of("TFE_VAULT_ADDRESS", "https://v.example.com", "TFE_VAULT_USE_EXTERNAL", off));

    assertThatThrownBy(() -> Settings.read(Optional.empty(), shell))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault ->
                assertThat(fault.problems())
                    .containsExactly(
                        "TFE_VAULT_ADDRESS: has a meaning only with extern_vault_enable 1"
                            + " (TFE_VAULT_USE_EXTERNAL); set that, or remove this"));
  }

  @Test
  void a_secret_never_stands_in_a_problem() {
    assertThatThrownBy(() -> read("{\"internal_api_token\": {\"value\": \"hush-hush\"}}"))
        .isInstanceOf(SettingsFault.class)
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "installation_type": {"value": "server"} | \
          installation_type: must be poc or production, not server
          "installation_type": {"value": "production"} | \
          production_type: must be set (disk or external) when installation_type is production
          "installation_type": {"value": "production"}, "production_type": {"value": "tape"} | \
          production_type: must be disk or external, not tape
          "installation_type": {"value": "production"}, "production_type": {"value": "disk"} | \
          disk_path: must be set when production_type is disk
          """)
  void modes_that_do_not_work_are_refused(String entries, String problem) {
    assertThatThrownBy(() -> read("{" + entries + "}"))
        .isInstanceOfSatisfying(
            SettingsFault.class, fault -> assertThat(fault.problems()).containsExactly(problem));
  }

  @Test
  void mounted_disk_keeps_its_data_on_the_disk() throws IOException {
    Path file =
        write(
            """
            {"installation_type": {"value": "production"}, "production_type": {"value": "disk"},
             "disk_path": {"value": "/srv/tfe"}, "vault_store_snapshot": {"value": "0"}}
            """);

    assertThat(Settings.diskPath(file)).contains(Path.of("/srv/tfe"));
    assertThat(Settings.read(options(Optional.of(file)))).isEmpty();
  }

  @Test
  void what_is_no_json_is_one_problem() {
    assertThatThrownBy(() -> read("hostname = \"x\""))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault ->
                assertThat(fault.problems())
                    .singleElement()
                    .asString()
                    .contains("ptfe-settings.json: cannot be read as JSON: "));
  }

  @Nested
  class External_services {
    private static final String FILE =
        """
        "installation_type": {"value": "production"}, "production_type": {"value": "external"},
        "pg_netloc": {"value": "db.example.com:5433"}, "pg_dbname": {"value": "tfe"},
        "pg_user": {"value": "tfe"}, "pg_password": {"value": "hush"},
        "placement": {"value": "placement_s3"}, "s3_bucket": {"value": "tfe"},
        "s3_region": {"value": "eu-central-1"}, "aws_access_key_id": {"value": "id"},
        "aws_secret_access_key": {"value": "secret"}
        """;

    @Test
    void are_named_by_keys() throws IOException {
      assertThat(read("{" + FILE + "}"))
          .containsOnly(
              Map.entry("TFE_DATABASE_HOST", "db.example.com:5433"),
              Map.entry("TFE_DATABASE_NAME", "tfe"),
              Map.entry("TFE_DATABASE_USER", "tfe"),
              Map.entry("TFE_DATABASE_PASSWORD", "hush"),
              Map.entry("TFE_DATABASE_PARAMETERS", "sslmode=require"),
              Map.entry("TFE_OBJECT_STORAGE_TYPE", "s3"),
              Map.entry("TFE_OBJECT_STORAGE_S3_BUCKET", "tfe"),
              Map.entry("TFE_OBJECT_STORAGE_S3_REGION", "eu-central-1"),
              Map.entry("TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", "id"),
              Map.entry("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", "secret"));
    }

    @Test
    void are_named_by_variables_as_well_which_win() throws IOException {
      Path secret = Files.writeString(directory.resolve("password"), "of the file\n");
      Env shell =
          Env.of(
              Map.of(
                  "TFE_DATABASE_PASSWORD_FILE",
                  secret.toString(),
                  "TFE_DATABASE_PARAMETERS",
                  "sslmode=verify-full",
                  "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE",
                  "true"));

      assertThat(Settings.read(Optional.of(write("{" + FILE + "}")), shell))
          .containsEntry("TFE_DATABASE_PASSWORD", "of the file")
          .containsEntry("TFE_DATABASE_PARAMETERS", "sslmode=verify-full")
          .containsEntry("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", "true");
    }

    @Test
    void need_no_file() {
      Env shell =
          Env.of(
              Map.of(
                  "TFE_OPERATIONAL_MODE",
                  "external",
                  "TFE_DATABASE_HOST",
                  "db",
                  "TFE_DATABASE_NAME",
                  "tfe",
                  "TFE_DATABASE_USER",
                  "tfe",
                  "TFE_DATABASE_PASSWORD",
                  "hush",
                  "TFE_OBJECT_STORAGE_TYPE",
                  "s3",
                  "TFE_OBJECT_STORAGE_S3_BUCKET",
                  "tfe",
                  "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE",
                  "1"));

      assertThat(Settings.read(Optional.empty(), shell)).containsEntry("TFE_DATABASE_HOST", "db");
    }

    @Test
    void that_are_not_named_are_missed_all_at_once() {
      assertProblems(
          """
          {"installation_type": {"value": "production"}, "production_type": {"value": "external"}}
          """,
          "pg_netloc (TFE_DATABASE_HOST) must be set",
          "pg_dbname (TFE_DATABASE_NAME) must be set",
          "pg_user (TFE_DATABASE_USER) must be set",
          "pg_password (TFE_DATABASE_PASSWORD) or TFE_DATABASE_PASSWORD_FILE must be set",
          "placement: must be set to placement_s3");
    }

    @ParameterizedTest
    @CsvSource({"placement_azure, azure", "placement_gcs, google"})
    void of_other_clouds_are_refused(String placement, String store) {
      assertProblems(
          "{" + FILE.replace("placement_s3", placement) + "}",
          "placement: " + store + " is no store that can be used here; use an S3");
    }

    @Test
    void are_refused_with_parameters_that_nobody_knows() {
      assertProblems(
          "{" + FILE + ", \"pg_extra_params\": {\"value\": \"sslmode=prefer\"}}",
          "pg_extra_params (TFE_DATABASE_PARAMETERS) must have an sslmode of require");
    }

    @Test
    void are_refused_where_the_mode_keeps_all_here() {
      assertProblems(
          """
          {"pg_netloc": {"value": "db"}, "redis_host": {"value": "r"}}
          """,
          "pg_netloc: has a meaning only with production_type=external",
          "redis_host: has a meaning only with enable_active_active=1");
    }
  }

  @Nested
  class Active_active {
    private static final String FILE =
        External_services.FILE
            + """
            , "enable_active_active": {"value": "1"}, "redis_host": {"value": "redis"},
            "redis_port": {"value": "7480"}, "redis_use_password_auth": {"value": "1"},
            "redis_pass": {"value": "r"}, "redis_use_tls": {"value": "1"},
            "install_id": {"value": "i"}, "enc_password": {"value": "e"},
            "root_secret": {"value": "r"}, "user_token": {"value": "u"},
            "archivist_token": {"value": "a"}, "cookie_hash": {"value": "c"},
            "internal_api_token": {"value": "aa"},
            "registry_session_encryption_key": {"value": "bb"},
            "registry_session_secret_key": {"value": "cc"}
            """;

    private static final Map<String, String> BROKER =
        Map.of(
            "TERRARIUM_RABBITMQ_HOST",
            "rabbit",
            "TERRARIUM_RABBITMQ_USER",
            "tfe",
            "TERRARIUM_RABBITMQ_PASSWORD",
            "hush");

    @Test
    void is_a_redis_a_broker_and_what_nodes_share() throws IOException {
      Path file = write("{" + FILE + "}");

      assertThat(Settings.read(Optional.of(file), Env.of(BROKER)))
          .containsAllEntriesOf(BROKER)
          .containsEntry("TFE_REDIS_HOST", "redis:7480")
          .containsEntry("TFE_REDIS_USE_TLS", "1")
          .containsEntry("TERRARIUM_INSTALL_ID", "i");
    }

    @Test
    void without_any_of_it_is_refused_with_all_that_is_missing() {
      assertProblems(
          "{" + External_services.FILE + ", \"enable_active_active\": {\"value\": \"1\"}}",
          "redis_host (TFE_REDIS_HOST) must be set",
          "TERRARIUM_RABBITMQ_HOST must be set",
          "TERRARIUM_RABBITMQ_USER must be set",
          "TERRARIUM_RABBITMQ_PASSWORD or TERRARIUM_RABBITMQ_PASSWORD_FILE must be set",
          "install_id: must be set, to the same on all nodes",
          "enc_password: must be set, to the same on all nodes",
          "root_secret: must be set, to the same on all nodes",
          "user_token: must be set, to the same on all nodes",
          "archivist_token: must be set, to the same on all nodes",
          "cookie_hash: must be set, to the same on all nodes",
          "registry_session_encryption_key: must be set, to the same on all nodes",
          "registry_session_secret_key: must be set, to the same on all nodes",
          "internal_api_token: must be set, to the same on all nodes");
    }

    @Test
    void with_a_password_that_is_to_be_used_needs_it() throws IOException {
      Path file = write("{" + FILE.replace("\"redis_pass\": {\"value\": \"r\"},", "") + "}");

      assertThatThrownBy(() -> Settings.read(Optional.of(file), Env.of(BROKER)))
          .isInstanceOfSatisfying(
              SettingsFault.class,
              fault ->
                  assertThat(fault.problems())
                      .singleElement()
                      .asString()
                      .startsWith("redis_pass (TFE_REDIS_PASSWORD)"));
    }

    @Test
    void without_external_services_is_refused() {
      assertThatThrownBy(() -> read("{\"enable_active_active\": {\"value\": \"1\"}}"))
          .isInstanceOfSatisfying(
              SettingsFault.class,
              fault ->
                  assertThat(fault.problems())
                      .anyMatch(line ->
                          line.startsWith(
                              "enable_active_active: needs installation_type production and"
                                  + " production_type external")));
    }
  }

  /// Exactly these, in any order, each by how it begins.
  private void assertProblems(String json, String... problems) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            SettingsFault.class,
            fault -> {
              assertThat(fault.problems()).hasSize(problems.length);
              for (String problem : problems) {
                assertThat(fault.problems()).anyMatch(line -> line.startsWith(problem));
              }
            });
  }

  private Map<String, String> read(String json) throws IOException {
    return Settings.read(options(Optional.of(write(json))));
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("ptfe-settings.json"), json);
  }

  private MeshOptions options(Optional<Path> settings) {
    return new MeshOptions(directory, 0, 0, false, settings, List.of(), Optional.empty(), "");
  }
}
