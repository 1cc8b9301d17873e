package io.terrarium.testservers;

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
    void are_those_that_lend_servers() throws IOException {
      Env env =
          Env.of(
              Map.of(
                  "TERRARIUM_TEST_POSTGRES_URL", "jdbc:postgresql://db/test",
                  "TERRARIUM_TEST_POSTGRES_USER", "user",
                  "TERRARIUM_TEST_POSTGRES_PASSWORD", "password",
                  "TERRARIUM_TEST_REDIS_URL", "redis://redis:6379",
                  "TERRARIUM_TEST_RABBITMQ_URL", "amqp://guest:guest@rabbit:5672/",
                  "TERRARIUM_TEST_S3_URL", "http://s3:8333",
                  "TERRARIUM_TEST_S3_ACCESS_KEY", "key",
                  "TERRARIUM_TEST_S3_SECRET_KEY", "secret",
                  "TERRARIUM_TEST_VAULT_URL", "http://vault:8200",
                  "TERRARIUM_TEST_VAULT_TOKEN", "token"));
      LentServers lent = new LentServers(env);

      lent.database(1);
      lent.redis();
      lent.broker();
      lent.objectStore("bucket");
      lent.transit();

      assertThat(env.asked())
          .filteredOn(name -> !name.endsWith("_FILE"))
          .containsExactlyInAnyOrderElementsOf(VariablesTable.of("test-servers").names());
    }
  }
}
