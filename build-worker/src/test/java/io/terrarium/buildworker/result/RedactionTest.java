package io.terrarium.buildworker.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final String PLAN =
      """
      {"format_version": "1.2",
       "variables": {"password": {"value": "hunter2"}},
       "resource_changes": [{"address": "terraform_data.a", "change": {
          "actions": ["create"], "before": null,
          "after": {"input": "hunter2", "list": ["open", "hunter2"], "name": "a"},
          "before_sensitive": false,
          "after_sensitive": {"input": true, "list": [false, true]}}}],
       "output_changes": {"secret": {"actions": ["create"], "before": null, "after": "hunter2",
          "before_sensitive": true, "after_sensitive": true},
         "other": {"actions": ["update"], "before": ["hunter2", "x"], "after": ["hunter3", "x"],
          "before_sensitive": true, "after_sensitive": true},
         "same": {"actions": ["no-op"], "before": "hunter2", "after": "hunter2",
          "before_sensitive": true, "after_sensitive": true},
         "none": {"actions": ["no-op"], "before": null, "after": null,
          "before_sensitive": true, "after_sensitive": true}},
       "prior_state": {"values": {"outputs": {"secret": {"value": "hunter2"}}}}}
      """;

  private static JsonNode redacted() throws IOException {
    return Redaction.of(
        Json.SNAKE.readTree(PLAN),
        Json.SNAKE.readTree("{\"format_version\":\"1.0\",\"provider_schemas\":{\"p\":{}}}"));
  }

  @Nested
  class A_redacted_plan {
    @Test
    void holds_no_sensitive_value() throws IOException {
      assertThat(redacted().toString()).doesNotContain("hunter");
    }

    @Test
    void keeps_the_rest_and_the_marks() throws IOException {
      JsonNode change = redacted().at("/resource_changes/0/change");

      assertThat(change.at("/after/name").asText()).isEqualTo("a");
      assertThat(change.at("/after/list/0").asText()).isEqualTo("open");
      assertThat(change.at("/after_sensitive/input").asBoolean()).isTrue();
    }

    @Test
    void differs_where_a_sensitive_value_does() throws IOException {
      JsonNode outputs = redacted().path("output_changes");

      assertThat(outputs.at("/secret/before").isNull()).isTrue();
      assertThat(outputs.at("/secret/after")).isEqualTo(Redaction.MASK);
      assertThat(outputs.at("/other/before")).isEqualTo(Redaction.MASK_BEFORE);
      assertThat(outputs.at("/other/after")).isEqualTo(Redaction.MASK);
      assertThat(outputs.at("/same/before")).isEqualTo(outputs.at("/same/after"));
      assertThat(outputs.at("/none/after").isNull()).isTrue();
    }

    @Test
    void has_exactly_the_keys_that_rendering_needs() throws IOException {
      assertThat(redacted().fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "plan_format_version",
              "resource_changes",
              "resource_drift",
              "output_changes",
              "relevant_attributes",
              "provider_format_version",
              "provider_schemas");
    }
  }
}
