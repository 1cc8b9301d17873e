package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Instant;

/// Sidekiq's times: seconds since 1970 with a fraction.
final class EpochSeconds {
  private static final int MICRO_DIGITS = 6;

  private EpochSeconds() {}

  static BigDecimal of(Instant instant) {
    long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    return BigDecimal.valueOf(micros, MICRO_DIGITS);
  }

  static String text(Instant instant) {
    return of(instant).toPlainString();
  }

  static JsonNode node(Instant instant) {
    return DecimalNode.valueOf(of(instant));
  }

  static Instant instant(BigDecimal seconds) {
    return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue());
  }
}
