package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.id.RunId;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.testsupport.LocalServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server with one answer.
class AtlasIT {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final BuildCommand COMMAND =
      new BuildCommand(
          BuildCommand.VERSION,
          new RunId("run-1"),
          Phase.PLAN,
          "plan-1",
          Priority.PLAN,
          1,
          new BuildCommand.Limits(0, 0, 60));

  private LocalServer server;
  private ServiceClient client;
  private int status;
  private String body = "";

  @BeforeEach
  void start() {
    server = LocalServer.start(exchange -> LocalServer.answer(exchange, status, body));
    client = new ServiceClient(server.address(), Optional.empty(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private Atlas.Answer claim() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Atlas(client, "worker-1", clock)
        .claim(COMMAND, "dlv-1", new Flow("run-1", "plan", "build-worker", NOW, null));
  }

  @Nested
  class A_claim {
    @Test
    void that_another_holds_waits_for_its_end() {
      status = 409;
      body = "{\"v\":1,\"until\":\"2026-01-02T03:05:00Z\"}";

      assertThat(claim()).isEqualTo(new Atlas.Theirs(Instant.parse("2026-01-02T03:05:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"errors\":[{\"status\":\"409\",\"title\":\"conflict\"}]}",
          "null",
          "<html>",
          ""
        })
    void that_meets_another_conflict_is_tried_again_after_a_while(String answer) {
      status = 409;
      body = answer;

      assertThat(claim()).isEqualTo(new Atlas.Theirs(NOW.plusSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void of_a_phase_that_is_over_says_so(int answer) {
      status = answer;

      assertThat(claim()).isEqualTo(new Atlas.Over());
    }
  }
}
