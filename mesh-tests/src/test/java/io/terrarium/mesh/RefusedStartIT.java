package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starts that cannot be: each says why, and leaves nothing running.
class RefusedStartIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--https-port", "--http-port"})
  void on_a_taken_port_is_one_line_that_names_the_flag(String flag) throws IOException {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MeshProcess refused =
            MeshProcess.up(directory, flag, Integer.toString(stranger.getLocalPort()))) {
      assertThat(refused.await()).isEqualTo(1);
      assertThat(refused.explanation()).singleElement().asString().contains(flag);
      refused.awaitNothingLeft();
    }
  }

  @Test
  void on_the_data_of_another_version_is_one_line() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("version"), "99\n");

    try (MeshProcess refused = MeshProcess.up(directory)) {
      assertThat(refused.await()).isEqualTo(1);
      assertThat(refused.explanation()).singleElement().asString().contains("format 99");
      refused.awaitNothingLeft();
    }
  }

  @Test
  void with_five_mistakes_in_its_settings_names_them_all_and_starts_nothing() throws IOException {
    Path settings = directory.resolve("settings.json");
    Files.writeString(
        settings,
        """
        {
          "installation_type": {"value": "production"},
          "capacity_memory": {"value": "much"},
          "internal_api_token": {"value": "not hex"},
          "iact_subnet_list": {"value": "everywhere"},
          "no_such_setting": {"value": "1"}
        }
        """);

    try (MeshProcess refused = MeshProcess.up(directory, "--settings", settings.toString())) {
      assertThat(refused.await()).isEqualTo(1);
      assertThat(refused.explanation()).hasSize(5);
      assertThat(refused.output())
          .contains("production_type", "capacity_memory", "internal_api_token")
          .contains("iact_subnet_list", "no_such_setting");
      assertThat(directory.resolve("data").resolve("postgres")).doesNotExist();
      refused.awaitNothingLeft();
    }
  }
}
