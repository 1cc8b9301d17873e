package io.terrarium.atlas.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.TestClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {
  private static final Buckets.Rate RATE = Buckets.Rate.perSecond(30);

  private final TestClock clock = new TestClock();
  private final LocalBuckets buckets = new LocalBuckets(clock);

  @Test
  void give_as_many_as_the_limit_and_fill_up_again_with_time() {
    long taken = IntStream.range(0, 40).filter(_ -> buckets.take("a", RATE).taken()).count();
    clock.advance(Duration.ofMillis(100));
    long later = IntStream.range(0, 40).filter(_ -> buckets.take("a", RATE).taken()).count();

    assertThat(taken).isEqualTo(30);
    assertThat(later).isEqualTo(3);
    assertThat(buckets.take("a", RATE)).isEqualTo(new Buckets.Level(false, 0, 1000));
  }

  @Test
  void fill_up_within_their_period() {
    Buckets.Rate rate = Buckets.Rate.perMinute(10);
    IntStream.range(0, 10).forEach(_ -> buckets.take("a", rate));

    Buckets.Level empty = buckets.take("a", rate);
    clock.advance(Duration.ofSeconds(6));

    assertThat(empty).isEqualTo(new Buckets.Level(false, 0, 60_000));
    assertThat(buckets.take("a", rate).taken()).isTrue();
    assertThat(buckets.take("a", rate).taken()).isFalse();
  }

  @Test
  void are_one_for_each_name() {
    IntStream.range(0, 40).forEach(_ -> buckets.take("a", RATE));

    assertThat(buckets.take("b", RATE).taken()).isTrue();
  }
}
