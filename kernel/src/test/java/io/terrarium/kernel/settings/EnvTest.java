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

  @Nested
  class The_names_that_were_asked_for {
    @Test
    void are_all_that_were_read_set_or_not() {
      Env env = Env.of(Map.of("TERRARIUM_A_PORT", "1", "TERRARIUM_OTHER", "2"));

      env.listen("TERRARIUM_A", 80);
      env.findSecret("TERRARIUM_TOKEN");

      assertThat(env.asked())
          .containsExactly(
              "TERRARIUM_A_HOST", "TERRARIUM_A_PORT", "TERRARIUM_TOKEN", "TERRARIUM_TOKEN_FILE");
    }
  }
}
