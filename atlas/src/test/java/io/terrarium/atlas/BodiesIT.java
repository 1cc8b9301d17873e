package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that nobody wants.
class BodiesIT {
  private static final int BYTES = 30_000_000;

  private static AtlasFixture atlas;

  @BeforeAll
  static void start() {
    atlas = AtlasFixture.start();
  }

  @AfterAll
  static void stop() {
    atlas.close();
  }

  /// The answer to the beginning of a request whose body never comes.
  private static String answerToTheBeginning(String path) throws IOException {
    try (Socket socket = new Socket(atlas.base().getHost(), atlas.base().getPort())) {
      String head =
          "POST %s HTTP/1.1\r\nHost: terrarium\r\nContent-Length: %d\r\n\r\n{"
              .formatted(path, BYTES);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Nested
  class A_caller_without_a_token {
    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/workspaces/ws-1/state-versions", "/internal/v1/hops"})
    void is_refused_before_the_body_is_read(String path) throws IOException {
      assertThat(answerToTheBeginning(path)).isEqualTo("HTTP/1.1 401 Unauthorized");
    }
  }

  @Nested
  class A_body {
    @Test
    void that_is_too_large_is_refused_and_the_connection_goes_on() {
      String large = "{\"data\":\"" + "a".repeat(BYTES) + "\"}";

      Answer refused = atlas.admin().send("POST", "/api/v2/organizations", large, Map.of());

      assertThat(refused.status()).isEqualTo(413);
      assertThat(atlas.admin().get("/api/v2/organizations").status()).isEqualTo(200);
    }
  }
}
