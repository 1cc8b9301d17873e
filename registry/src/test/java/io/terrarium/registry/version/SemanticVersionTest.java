package io.terrarium.registry.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  /// As the specification orders them.
  private static final List<String> ORDERED =
      List.of(
          "0.9.9",
          "1.0.0-1",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.0+build",
          "1.9.0",
          "1.10.0",
          "10.0.0");

  private static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }

  @Nested
  class Versions {
    @Test
    void are_in_the_order_of_the_specification() {
      List<String> shuffled = new ArrayList<>(ORDERED);
      Collections.shuffle(shuffled, new Random(1));

      assertThat(shuffled.stream().map(SemanticVersionTest::version).sorted())
          .extracting(SemanticVersion::text)
          .containsExactlyElementsOf(ORDERED);
    }

    @Test
    void are_preferred_when_they_are_releases() {
      assertThat(
              List.of(version("2.0.0-a"), version("0.1.0")).stream()
                  .max(SemanticVersion.BY_PREFERENCE)
                  .map(SemanticVersion::text))
          .contains("0.1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "v1.0.0", "1.0.0-", "1.0.0-a..b", "1.0.0 ", "a.b.c"})
    void that_are_none_are_not_read(String text) {
      assertThat(SemanticVersion.parse(text)).isEmpty();
    }
  }
}
