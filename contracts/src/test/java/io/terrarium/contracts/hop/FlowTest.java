package io.terrarium.contracts.hop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
  private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

  @Nested
  class The_time_in_a_header {
    @Test
    void is_when_it_was_sent() {
      assertThat(sentAt("2026-01-01T23:00:00Z")).isEqualTo("2026-01-01T23:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "+1000000000-01-01T00:00:00Z",
          "-1000000000-01-01T00:00:00Z",
          "2026-01-04T00:00:00Z",
          "2025-12-31T00:00:00Z",
          "yesterday"
        })
    void is_that_of_receipt_when_it_is_absurd(String text) {
      assertThat(sentAt(text)).isEqualTo(RECEIVED);
    }

    private static Instant sentAt(String text) {
      Map<String, String> headers = Map.of(FlowHeaders.SENT_AT, text);
      return Flow.of(name -> Optional.ofNullable(headers.get(name)), RECEIVED).sentAt();
    }
  }
}
