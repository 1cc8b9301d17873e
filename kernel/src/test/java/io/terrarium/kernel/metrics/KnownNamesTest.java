package io.terrarium.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
  private final KnownNames names = new KnownNames();

  @Test
  void the_first_names_stay_what_they_are() {
    names.of("Runs::EnqueueBuild");

    assertThat(names.of("Runs::EnqueueBuild")).isEqualTo("Runs::EnqueueBuild");
  }

  @Test
  void however_many_names_come_a_label_has_few_values() {
    assertThat(
            IntStream.range(0, 10_000)
                .mapToObj(number -> names.of("name-" + number))
                .collect(Collectors.toSet()))
        .hasSize(101)
        .contains("other");
  }

  @Test
  void a_name_of_any_length_makes_no_long_label() {
    assertThat(names.of("x".repeat(1_000_000))).isEqualTo("other");
  }
}
