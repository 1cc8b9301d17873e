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
          production_type: must be set (disk) when installation_type is production
          "installation_type": {"value": "production"}, "production_type": {"value": "tape"} | \
          production_type: must be disk or external, not tape
          "installation_type": {"value": "production"}, "production_type": {"value": "disk"} | \
          disk_path: must be set when production_type is disk
          "installation_type": {"value": "production"}, "production_type": {"value": "external"} | \
          production_type: external does not work here yet; use disk
          "enable_active_active": {"value": "1"} | \
          enable_active_active: does not work here yet; set it to 0 and run one node
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
