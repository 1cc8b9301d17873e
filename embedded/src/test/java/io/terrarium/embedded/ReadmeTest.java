package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.VariablesTable;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Nested
  class The_variables_of_the_readme {
    @Test
    void are_those_that_the_separate_servers_read() throws IOException {
      Env env = Env.of(Map.of("TFE_OBJECT_STORAGE_S3_ENDPOINT", "http://127.0.0.1:9000"));

      BrokerPlace.from(env);
      S3Place.from(env);

      assertThat(VariablesTable.of("embedded").names()).containsExactlyElementsOf(env.asked());
    }
  }
}
