package io.terrarium.kernel.sidekiq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SidekiqJobTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.25Z");
  private static final RandomGenerator NO_JITTER = () -> 0;

  private static SidekiqJob job() {
    return SidekiqJob.of("Runs::X", "critical", "42", List.of(TextNode.valueOf("a")), NOW);
  }

  @Nested
  class Its_json {
    @Test
    void is_sidekiq_s() {
      assertThat(SidekiqCodec.write(job().with("flow", "run-1")))
          .isEqualTo(
              """
              {"class":"Runs::X","args":["a"],"jid":"42","queue":"critical","retry":true,\
              "created_at":1767225600.250000,"flow":"run-1"}\
              """);
    }

    @Test
    void keeps_what_it_does_not_know() throws Exception {
      String ruby =
          """
          {"class":"A","args":[1,2.50,{"b":[]}],"jid":"1","queue":"q","retry":5,\
          "created_at":1767225600.250000,"cattr":{"x":1},"at":1.50}\
          """;

      assertThat(SidekiqCodec.write(SidekiqCodec.read(ruby))).isEqualTo(ruby);
    }

    @Test
    void is_refused_with_a_reason() {
      assertThatThrownBy(() -> SidekiqCodec.read("{")).hasMessageStartingWith("not JSON");
      assertThatThrownBy(() -> SidekiqCodec.read("[]")).hasMessageContaining("JSON object");
      assertThatThrownBy(() -> SidekiqCodec.read("{\"args\":[]}")).hasMessageContaining("class");
      assertThatThrownBy(() -> SidekiqCodec.read("{\"class\":\"A\"}")).hasMessageContaining("args");
    }
  }

  @Nested
  class A_failure {
    private static Outcome of(SidekiqJob job) {
      return Outcome.of(job, new IllegalStateException("boom"), NOW, NO_JITTER, usual -> usual);
    }

    @Test
    void waits_longer_each_time() {
      assertThat(Outcome.delay(0, NO_JITTER)).isEqualTo(Duration.ofSeconds(15));
      assertThat(Outcome.delay(3, NO_JITTER)).isEqualTo(Duration.ofSeconds(96));
      assertThat(Outcome.delay(24, NO_JITTER)).isEqualTo(Duration.ofSeconds(331_791));
    }

    @Test
    void counts_from_zero_and_says_when_it_came_first_and_last() {
      Outcome.Retry first = (Outcome.Retry) of(job());

      Outcome.Retry second = (Outcome.Retry) of(first.job());

      assertThat(first.job().extra()).containsEntry("retry_count", IntNode.valueOf(0));
      assertThat(first.job().extra()).containsKey("failed_at").doesNotContainKey("retried_at");
      assertThat(second.job().extra()).containsEntry("retry_count", IntNode.valueOf(1));
      assertThat(second.job().extra()).containsKeys("failed_at", "retried_at");
    }

    @Test
    void is_for_good_after_the_last_retry() {
      SidekiqJob tired = job().with("retry_count", IntNode.valueOf(23));

      assertThat(of(tired)).isInstanceOf(Outcome.Retry.class);
      assertThat(of(tired.with("retry_count", IntNode.valueOf(24))))
          .isInstanceOf(Outcome.Dead.class);
    }

    @Test
    void is_for_good_at_once_where_no_retry_can_help() {
      MalformedJobException error = new MalformedJobException("no argument", null);

      Outcome.Dead dead = (Outcome.Dead) Outcome.of(job(), error, NOW, NO_JITTER, usual -> usual);

      assertThat(dead.job().text("error_message")).contains("no argument");
      assertThat(dead.job().extra())
          .containsKey("failed_at")
          .containsEntry("retry_count", IntNode.valueOf(0));
    }

    @Test
    void leaves_no_trace_where_the_job_asked_for_that() {
      SidekiqJob once = new SidekiqJob("A", List.of(), "1", "q", BooleanNode.FALSE, NOW, Map.of());

      assertThat(of(once)).isInstanceOf(Outcome.Discarded.class);
      assertThat(of(job().retriedAtMost(0).with("dead", BooleanNode.FALSE)))
          .isInstanceOf(Outcome.Discarded.class);
    }
  }
}
