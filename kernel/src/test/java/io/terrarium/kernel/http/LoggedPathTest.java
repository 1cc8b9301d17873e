package io.terrarium.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedPathTest {
  @Nested
  class A_logged_path {
    @ParameterizedTest
    @CsvSource({
      "/_archivist/v1/object/eyJrIjoiYSJ9.c2ln, /_archivist/v1/object/…",
      "/webhooks/vcs/3f9a, /webhooks/vcs/…",
      "/api/v2/runs/run-1, /api/v2/runs/run-1",
    })
    void opens_no_door(String path, String logged) {
      assertThat(LoggedPath.of(path)).isEqualTo(logged);
    }
  }
}
