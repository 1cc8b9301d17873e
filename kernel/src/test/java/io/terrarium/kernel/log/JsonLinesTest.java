package io.terrarium.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.CapturedLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
  private static final String NAME = "io.terrarium.test.lines";

  @AutoClose private final CapturedLog captured = CapturedLog.of(NAME, new JsonLines());
  private final Logger log = LoggerFactory.getLogger(NAME);

  private JsonNode line() throws IOException {
    String line = captured.lines().getFirst();
    assertThat(line).endsWith("}\n");
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    return Json.SNAKE.readTree(line);
  }

  @Nested
  class A_line {
    @Test
    void says_when_how_grave_who_and_what_and_then_its_facts_as_fields_of_their_own()
        throws IOException {
      log.atWarn()
          .addKeyValue("attempt", 2)
          .addKeyValue("isLast", true)
          .addKeyValue("status", "planned")
          .log("run moved");

      JsonNode line = line();
      assertThat(line.propertyStream().map(Map.Entry::getKey))
          .containsExactly(
              "timestamp",
              "level",
              "component",
              "logger",
              "message",
              "attempt",
              "isLast",
              "status");
      assertThat(line.path("timestamp").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(line.path("level").asText()).isEqualTo("WARN");
      assertThat(line.path("component").asText()).isEqualTo("terrarium");
      assertThat(line.path("logger").asText()).isEqualTo(NAME);
      assertThat(line.path("message").asText()).isEqualTo("run moved");
      assertThat(line.path("attempt").isInt()).isTrue();
      assertThat(line.path("isLast").isBoolean()).isTrue();
    }

    @Test
    void names_the_work_that_it_is_about_unless_it_says_so_itself() throws IOException {
      try (LogScope _ =
          LogScope.open(Map.of("component", "atlas", "request_id", "r1", "run_id", "run-1"))) {
        log.atInfo().addKeyValue("run_id", "run-2").log("run moved");
      }

      JsonNode line = line();
      assertThat(line.path("component").asText()).isEqualTo("atlas");
      assertThat(line.path("request_id").asText()).isEqualTo("r1");
      assertThat(line.path("run_id").asText()).isEqualTo("run-2");
    }

    @Test
    void keeps_its_own_words_whatever_its_facts_are_called() throws IOException {
      log.atInfo().addKeyValue("message", "mine").addKeyValue("level", 3).log("ours");

      assertThat(line().path("message").asText()).isEqualTo("ours");
      assertThat(line().path("message_").asText()).isEqualTo("mine");
      assertThat(line().path("level_").asInt()).isEqualTo(3);
    }

    @Test
    void is_one_line_whatever_is_in_it() throws IOException {
      String hostile = "a\n{\"level\":\"ERROR\"}\r\u2028\"\\\0";

      log.atInfo().addKeyValue("path", hostile).log(hostile);

      assertThat(line().path("message").asText()).isEqualTo(hostile);
      assertThat(line().path("path").asText()).isEqualTo(hostile);
    }

    @Test
    void has_the_whole_exception_as_text() throws IOException {
      log.atError()
          .setCause(new IllegalStateException("outer", new IOException("inner")))
          .log("it broke");

      assertThat(line().path("exception").asText())
          .startsWith("java.lang.IllegalStateException: outer\n")
          .contains("Caused by: java.io.IOException: inner", "JsonLinesTest");
    }

    @Test
    void is_cut_short_where_it_is_absurdly_long() throws IOException {
      log.atInfo().addKeyValue("reason", "x".repeat(20_000)).log("long");

      assertThat(line().path("reason").asText())
          .hasSizeLessThan(16_100)
          .endsWith("… (4000 characters more)");
    }

    @Test
    void opens_no_door_whatever_a_fault_has_quoted() throws IOException {
      String quoted =
          "GET http://127.0.0.1:1/_archivist/v1/object/eyJrIjoiYSJ9.c2ln?offset=1 failed, "
              + "Bearer abcDEF123456.atlasv1.s3cret, /admin/initial-admin-user?token=iact-1";

      log.atWarn().setCause(new IOException(quoted)).addKeyValue("reason", quoted).log(quoted);

      List<String> secrets = List.of("eyJrIjoiYSJ9", "c2ln", "abcDEF123456", "s3cret", "iact-1");
      assertThat(captured.lines().getFirst()).doesNotContain(secrets.toArray(String[]::new));
      assertThat(line().path("reason").asText())
          .isEqualTo(
              "GET http://127.0.0.1:1/_archivist/v1/object/…?offset=1 failed, Bearer …, "
                  + "/admin/initial-admin-user?token=…");
    }
  }
}
