package io.terrarium.contracts.hop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowLogTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static Map<String, String> of(Map<String, String> headers, String path) {
    return FlowLog.of(name -> Optional.ofNullable(headers.get(name)), path);
  }

  @Nested
  class A_call {
    @Test
    void names_the_run_the_phase_and_the_trace_that_travel_with_it() {
      Map<String, String> fields =
          of(
              Map.of(
                  FlowHeaders.FLOW, "run-abcDEF123456789",
                  FlowHeaders.PHASE, "apply",
                  FlowHeaders.TRACEPARENT, "00-" + TRACE + "-00f067aa0ba902b7-01"),
              "/internal/v1/builds");

      assertThat(fields)
          .isEqualTo(Map.of("run_id", "run-abcDEF123456789", "phase", "apply", "trace_id", TRACE));
    }

    @Test
    void names_the_run_of_its_path_where_no_flow_travels_with_it() {
      assertThat(of(Map.of(), "/api/v2/runs/run-abc/actions/apply"))
          .isEqualTo(Map.of("run_id", "run-abc"));
    }

    @Test
    void of_another_flow_says_which() {
      assertThat(of(Map.of(FlowHeaders.FLOW, "cv-1"), "/x")).isEqualTo(Map.of("flow", "cv-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-a\nb", "run-\"", "run", "", "run-a b", "x-terrarium"})
    void of_what_is_no_id_names_none(String odd) {
      assertThat(of(Map.of(FlowHeaders.FLOW, odd, FlowHeaders.PHASE, odd), "/runs/" + odd))
          .doesNotContainKey("run_id")
          .doesNotContainKey("phase");
    }
  }
}
