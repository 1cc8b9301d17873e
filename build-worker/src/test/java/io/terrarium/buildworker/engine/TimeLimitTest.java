package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1s",
    "59, 59s",
    "60, 1m0s",
    "1800, 30m0s",
    "3599, 59m59s",
    "7200, 2h0m0s",
    "86400, 24h0m0s",
    "90061, 25h1m1s"
  })
  void shows_durations_as_go_does(int seconds, String shown) {
    assertThat(TimeLimit.shown(seconds)).isEqualTo(shown);
  }

  @Test
  void speaks_in_the_documented_frame() {
    String message = TimeLimit.message(Phase.PLAN, 1800);

    assertThat(message.lines())
        .contains(
            "------------ Terraform Enterprise System Message ------------",
            "WARNING: This plan has timed out and will now terminate!",
            "Terraform Enterprise enforces a 30m0s maximum run time for this operation.");
  }
}
