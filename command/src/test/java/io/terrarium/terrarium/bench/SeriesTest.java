package io.terrarium.terrarium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private final Series series = new Series();

  @Nested
  class A_percentile {
    @Test
    void is_a_value_that_was_measured() {
      for (int value = 200; value > 0; value--) {
        series.add(value);
      }

      assertThat(series.median()).isEqualTo(100);
      assertThat(series.percentile(99)).isEqualTo(198);
      assertThat(series.percentile(100)).isEqualTo(200);
    }

    @Test
    void of_one_value_is_that_value() {
      series.add(7);

      assertThat(series.median()).isEqualTo(7);
      assertThat(series.percentile(99)).isEqualTo(7);
    }
  }

  @Nested
  class A_figure {
    @Test
    void says_whether_it_meets_what_is_asked_of_it() {
      assertThat(Figure.IDLE_CPU_PERCENT.verdict(0.9)).isEqualTo("under 1: met");
      assertThat(Figure.IDLE_CPU_PERCENT.verdict(1)).isEqualTo("under 1: missed");
      assertThat(Figure.GET_WORKSPACE_RPS.verdict(5_001)).isEqualTo("over 5,000: met");
      assertThat(Figure.BARE_PLAN_MS_P50.verdict(1)).isEmpty();
    }
  }
}
