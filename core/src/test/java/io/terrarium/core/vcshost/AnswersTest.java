package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.client.OutboundClient.Answered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private static Trouble.Passing passing(int status, Map<String, List<String>> headers) {
    return (Trouble.Passing) Answers.trouble(new Answered(status, headers, new byte[0], true));
  }

  @Nested
  class A_host_that_has_had_enough {
    @ParameterizedTest
    @CsvSource({
      "429, retry-after, 17, 17",
      "403, retry-after, 60, 60",
      "503, retry-after, 5, 5",
      "429, ratelimit-reset, 1447452600, 100",
      "429, x-ratelimit-reset, 1447452600, 100",
      // Over already.
      "429, x-ratelimit-reset, 1447452000, 0",
      // Longer than anybody waits.
      "429, retry-after, 999999, 7200",
    })
    void says_when_to_come_again(int status, String header, String value, long seconds) {
      Trouble.Passing passing =
          passing(
              status,
              Map.of(header, List.of(value), "date", List.of("Fri, 13 Nov 2015 22:08:20 GMT")));

      assertThat(passing.pause()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void may_say_it_in_a_form_that_tells_nothing() {
      assertThat(passing(429, Map.of("retry-after", List.of("soon"))).pause()).isEmpty();
      assertThat(
              passing(
                      429,
                      Map.of("x-ratelimit-reset", List.of("1447452600"), "date", List.of("today")))
                  .pause())
          .isEmpty();
    }
  }
}
