package io.terrarium.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.runtime.Service;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules that mean no good. Each comes to an end that atlas is told of, and the worker goes on.
class HostileModulesIT {
  @TempDir private static Path directory;
  private static RegistryFixture registry;
  private static Database database;
  private static Service worker;

  @BeforeAll
  static void start() {
    registry = new RegistryFixture(directory);
    database = Database.open(registry.database(), "test", RegistryMigrations.SCHEMA, List.of());
    worker = registry.startWorker();
  }

  @AfterAll
  static void stop() {
    worker.close();
    database.close();
    registry.close();
  }

  private static ModuleExtracted publish(String name, ASlug slug) {
    return registry.publish(registry.offer(name, "1.0.0", slug.packed()));
  }

  private static void isRefused(ModuleExtracted word, String reason) {
    assertThat(word.status()).isEqualTo(ExtractionStatus.FAILED);
    assertThat(word.error()).contains(reason);
  }

  @Nested
  class Json {
    @Test
    void that_is_nested_for_ever_is_refused() {
      ASlug slug =
          new ASlug()
              .file("main.tf.json", "{\"variable\":" + "[".repeat(990) + "]".repeat(990) + "}");

      isRefused(publish("nested", slug), "main.tf.json:1: this is nested more than 250 levels");
    }

    @Test
    void with_a_name_that_postgresql_does_not_keep_is_kept_without_it() {
      ModuleVersionOffer offer =
          registry.offer(
              "nul",
              "1.0.0",
              new ASlug().file("main.tf.json", "{\"variable\":{\"a\\u0000b\":{}}}").packed());

      registry.publish(offer);

      assertThat(
              registry
                  .internal("GET", InternalApi.MODULE_VERSION, offer.moduleVersionId().value())
                  .json()
                  .at("/root/inputs/0/name")
                  .asText())
          .isEqualTo("a\uFFFDb");
    }

    @Test
    void that_is_no_object_is_told_of_in_a_few_words() {
      ASlug slug = new ASlug().file("main.tf.json", "{\"variable\":\"" + "x".repeat(9_000) + "\"}");

      assertThat(publish("long", slug).error()).hasSize(2_000).endsWith("xx…");
    }
  }

  @Nested
  class A_name {
    @Test
    void with_a_nul_in_it_is_refused() {
      ASlug slug =
          new ASlug()
              .file("main.tf", "")
              .file("modules/" + "a".repeat(120) + "\0b/main.tf", "variable {}\n");

      isRefused(publish("nul-path", slug), "a name that no file can have");
    }

    @Test
    void of_thousands_of_characters_is_refused() {
      StringBuilder name = new StringBuilder();
      for (int at = 0, state = 1; at < 3_000; at++, state = state * 1_103_515_245 + 12_345) {
        name.append((char) ('a' + ((state >>> 16) % 26)));
      }
      ASlug slug = new ASlug().file("main.tf", "").file("modules/" + name + "/main.tf", "");

      isRefused(publish("long-path", slug), "a name that no file can have");
    }
  }

  @Nested
  class What_was_read {
    @Test
    void and_cannot_be_kept_fails() {
      database.useTransaction(
          db -> db.execute("ALTER TABLE module_contents ADD CHECK (path <> 'modules/unkept')"));
      ASlug slug = new ASlug().file("main.tf", "").file("modules/unkept/main.tf", "");

      isRefused(publish("unkept", slug), "cannot be kept");
    }
  }
}
