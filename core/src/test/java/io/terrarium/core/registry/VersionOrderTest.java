package io.terrarium.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
  @Test
  void is_that_of_semantic_versioning() {
    List<String> newestFirst =
        List.of(
            "10.0.0",
            "2.0.0",
            "1.10.0",
            "1.9.0",
            "1.0.0",
            "1.0.0-rc.1",
            "1.0.0-beta.11",
            "1.0.0-beta.2",
            "1.0.0-beta",
            "1.0.0-alpha.beta",
            "1.0.0-alpha.1",
            "1.0.0-alpha",
            "no version");

    assertThat(newestFirst.reversed().stream().sorted(VersionOrder.NEWEST_FIRST))
        .containsExactlyElementsOf(newestFirst);
  }

  @Test
  void prefers_what_is_released() {
    assertThat(VersionOrder.latest(List.of("1.0.0", "2.0.0-rc1", "1.2.0+a-b")))
        .hasValue("1.2.0+a-b");
    assertThat(VersionOrder.latest(List.of("1.0.0-a", "1.0.0-b"))).hasValue("1.0.0-b");
    assertThat(VersionOrder.latest(List.of())).isEmpty();
  }
}
