package io.terrarium.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnvTest {
  private static final Pattern NAMES = Pattern.compile("PATH|(?i:https?_proxy)");

  @Nested
  class The_surroundings {
    @Test
    void are_of_the_settings_and_of_this_process() {
      Env env = Env.of(Map.of("http_proxy", "http://proxy:3128", "TERRARIUM_TOKEN", "secret"));

      Map<String, String> surroundings = env.surroundings(NAMES);

      assertThat(surroundings)
          .containsEntry("http_proxy", "http://proxy:3128")
          .containsEntry("PATH", System.getenv("PATH"))
          .doesNotContainKey("TERRARIUM_TOKEN");
    }

    @Test
    void are_rather_what_the_settings_say() {
      Env env = Env.of(Map.of("PATH", "/settings/bin"));

      Map<String, String> surroundings = env.surroundings(NAMES);

      assertThat(surroundings).containsEntry("PATH", "/settings/bin");
    }
  }
}
