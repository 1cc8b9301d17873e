package io.terrarium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path home;
  final Map<String, String> parameters = new HashMap<>();
  final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeCommand() throws IOException {
    Path command = Files.createFile(home.resolve("terrarium"));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
  }

  private Settings settings() {
    return Settings.of(name -> Optional.ofNullable(parameters.get(name)), environment);
  }

  @Nested
  class Terrarium_is_found {
    @Test
    void where_the_environment_says() {
      environment.put("TERRARIUM_HOME", home.toString());

      assertThat(settings().program()).isEqualTo(home.resolve("terrarium"));
    }

    @Test
    void where_a_parameter_says_rather_than_the_environment() {
      environment.put("TERRARIUM_HOME", "/nowhere");
      parameters.put("terrarium.home", home.toString());

      assertThat(settings().program()).isEqualTo(home.resolve("terrarium"));
    }

    @Test
    void on_the_path() {
      environment.put("PATH", "/nowhere:" + home);

      assertThat(settings().program()).isEqualTo(home.resolve("terrarium"));
    }

    @Test
    void or_the_message_says_how_to_name_it() {
      assertThatThrownBy(() -> settings())
          .isInstanceOf(TerrariumFault.class)
          .hasMessageContaining("set TERRARIUM_HOME");
    }

    @Test
    void or_the_message_says_what_is_not_there() {
      parameters.put("terrarium.home", "/nowhere");

      assertThatThrownBy(() -> settings())
          .isInstanceOf(TerrariumFault.class)
          .hasMessage("terrarium.home is /nowhere, where no command `terrarium` is.");
    }
  }

  @Nested
  class The_jdk_that_is_named {
    @BeforeEach
    void findTerrarium() {
      environment.put("TERRARIUM_HOME", home.toString());
      parameters.put("terrarium.java-home", home.toString());
    }

    @Test
    void may_be_new() throws IOException {
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");

      assertThat(settings().javaHome()).contains(home);
    }

    @Test
    void must_not_be_old() throws IOException {
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

      assertThatThrownBy(() -> settings())
          .hasMessageContaining("a JDK 17; Terrarium needs a JDK 25 or newer");
    }

    @Test
    void must_be_one() {
      assertThatThrownBy(() -> settings()).hasMessageContaining("where no JDK is");
    }
  }

  @Nested
  class Times {
    @BeforeEach
    void findTerrarium() {
      environment.put("TERRARIUM_HOME", home.toString());
    }

    @Test
    void have_defaults() {
      assertThat(settings().linger()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void are_seconds() {
      environment.put("TERRARIUM_LINGER_SECONDS", "0");

      assertThat(settings().linger()).isZero();
    }

    @Test
    void are_nothing_else() {
      parameters.put("terrarium.linger-seconds", "soon");

      assertThatThrownBy(() -> settings())
          .hasMessage("terrarium.linger-seconds must be a number of seconds, not soon");
    }
  }
}
