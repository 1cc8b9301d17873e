package io.terrarium.atlas.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.TestClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {
  private final TestClock clock = new TestClock();
  private final LocalBuckets buckets = new LocalBuckets(clock);

  @Test
  void give_as_many_as_the_limit_and_fill_up_again_with_time() {
    long taken = IntStream.range(0, 40).filter(_ -> buckets.take("a", 30).taken()).count();
    clock.advance(Duration.ofMillis(100));
    long later = IntStream.range(0, 40).filter(_ -> buckets.take("a", 30).taken()).count();

    assertThat(taken).isEqualTo(30);
    assertThat(later).isEqualTo(3);
    assertThat(buckets.take("a", 30)).isEqualTo(new Buckets.Level(false, 0, 1000));
  }

  @Test
  void are_one_for_each_name() {
    IntStream.range(0, 40).forEach(_ -> buckets.take("a", 30));

    assertThat(buckets.take("b", 30).taken()).isTrue();
  }
}
