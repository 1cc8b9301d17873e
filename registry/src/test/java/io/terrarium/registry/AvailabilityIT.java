package io.terrarium.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From an offer to the word that atlas gets, whatever dies or is away between them.
class AvailabilityIT {
  private static final byte[] GOOD = new ASlug().file("main.tf", "variable \"a\" {}\n").packed();
  private static final byte[] BETTER = new ASlug().file("main.tf", "variable \"b\" {}\n").packed();
  private static final byte[] BAD = new ASlug().file("main.tf", "variable \"a\" {\n").packed();

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

  private static void restartWorker(Runnable meanwhile) {
    worker.close();
    try {
      meanwhile.run();
    } finally {
      worker = registry.startWorker();
    }
  }

  private static JsonNode metadata(ModuleVersionId id) {
    return registry.internal("GET", InternalApi.MODULE_VERSION, id.value()).json();
  }

  private static String column(ModuleVersionId id, String column) {
    return database.read(db ->
        db.createQuery(
                "SELECT CAST(%s AS text) FROM module_versions WHERE external_id = :id"
                    .formatted(column))
            .bind("id", id.value())
            .mapTo(String.class)
            .findOne()
            .orElse("none"));
  }

  private static void change(ModuleVersionId id, String change) {
    database.useTransaction(db ->
        db.createUpdate("UPDATE module_versions SET %s WHERE external_id = :id".formatted(change))
            .bind("id", id.value())
            .execute());
  }

  private static void awaitTold(ModuleVersionId id) {
    Eventually.until(() -> id + " is told", () -> column(id, "is_told").equals("true"));
  }

  private static ModuleVersionOffer with(ModuleVersionOffer offer, String object, byte[] slug) {
    registry.neighbours.objects.put(object, slug);
    return new ModuleVersionOffer(
        offer.v(),
        offer.moduleVersionId(),
        offer.organizationId(),
        offer.name(),
        offer.provider(),
        offer.version(),
        object,
        offer.publishedAt(),
        offer.source());
  }

  @Nested
  class An_offer {
    @Test
    void is_extracted_and_told_with_its_hops() {
      ModuleVersionOffer offer = registry.offer("hopped", "1.0.0", GOOD);

      ModuleExtracted word = registry.publish(offer);

      assertThat(word)
          .isEqualTo(
              new ModuleExtracted(
                  1, offer.moduleVersionId(), offer.objectId(), ExtractionStatus.OK, null));
      Eventually.until(
          () -> "the hops are reported: " + registry.neighbours.hops(),
          () ->
              registry.neighbours.hops().stream()
                  .map(hop -> hop.step() + hop.to())
                  .toList()
                  .containsAll(List.of("1registry-api", "2registry-worker", "0registry-worker")));
    }

    @Test
    void is_answered_again_when_it_comes_again() {
      ModuleVersionOffer offer = registry.offer("again", "1.0.0", GOOD);
      registry.publish(offer);
      awaitTold(offer.moduleVersionId());

      ModuleExtracted word = registry.publish(offer);

      assertThat(word.status()).isEqualTo(ExtractionStatus.OK);
    }

    @Test
    void of_another_object_is_read_anew() {
      ModuleVersionOffer offer = registry.offer("changed", "1.0.0", BAD);
      registry.publish(offer);

      ModuleExtracted word = registry.publish(with(offer, offer.objectId() + "/2", BETTER));

      assertThat(word.status()).isEqualTo(ExtractionStatus.OK);
      assertThat(word.objectId()).isEqualTo(offer.objectId() + "/2");
      assertThat(metadata(offer.moduleVersionId()).at("/root/inputs/0/name").asText())
          .isEqualTo("b");
    }

    @Test
    void of_an_address_that_another_version_has_is_refused() {
      registry.publish(registry.offer("taken", "1.0.0", GOOD));

      RegistryFixture.Answer answer =
          registry.post(InternalApi.MODULE_VERSIONS, registry.offer("taken", "1.0.0", GOOD));

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).contains("acme/taken/aws", "delete that first");
    }

    @ParameterizedTest
    @CsvSource({
      "a/b, 1.0.0, no name that a registry can serve",
      "a, v1, no semantic version",
      "a, 1.0, no semantic version"
    })
    void that_cannot_be_served_is_refused(String name, String version, String why) {
      RegistryFixture.Answer answer =
          registry.post(InternalApi.MODULE_VERSIONS, registry.offer(name, version, GOOD));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains(why);
    }

    @Test
    void without_the_internal_token_is_refused() {
      assertThat(
              registry
                  .send(
                      HttpRequest.newBuilder(registry.direct(InternalApi.MODULE_VERSIONS))
                          .header("Authorization", "Bearer " + Neighbours.READER)
                          .POST(HttpRequest.BodyPublishers.ofString("{}")))
                  .status())
          .isEqualTo(401);
    }

    @Test
    void is_gone_once_atlas_has_deleted_it() {
      ModuleVersionOffer offer = registry.offer("deleted", "1.0.0", GOOD);
      registry.publish(offer);
      String id = offer.moduleVersionId().value();

      for (int time = 1; time <= 2; time++) {
        assertThat(registry.internal("DELETE", InternalApi.MODULE_VERSION, id).status())
            .isEqualTo(204);
      }

      assertThat(registry.internal("GET", InternalApi.MODULE_VERSION, id).status()).isEqualTo(404);
      assertThat(registry.get("/api/registry/v1/modules/acme/deleted/aws/versions").status())
          .isEqualTo(404);
    }
  }

  @Nested
  class What_died_or_was_away {
    @Test
    void a_worker_that_was_not_there_finds_what_was_saved() {
      ModuleVersionOffer offer = registry.offer("alone", "1.0.0", GOOD);

      restartWorker(() ->
          assertThat(registry.post(InternalApi.MODULE_VERSIONS, offer).status()).isEqualTo(202));

      awaitTold(offer.moduleVersionId());
      assertThat(registry.neighbours.told(offer.moduleVersionId())).hasSize(1);
    }

    @Test
    void a_worker_that_died_over_a_version_is_followed_by_another() {
      ModuleVersionOffer offer = registry.offer("orphaned", "1.0.0", GOOD);
      ModuleVersionId id = offer.moduleVersionId();

      restartWorker(() -> {
        registry.post(InternalApi.MODULE_VERSIONS, offer);
        change(id, "claim = gen_random_uuid(), due_at = now() + interval '1 second'");
      });

      awaitTold(id);
      assertThat(metadata(id).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void a_version_over_which_workers_die_again_and_again_fails() {
      ModuleVersionOffer offer = registry.offer("deadly", "1.0.0", GOOD);
      ModuleVersionId id = offer.moduleVersionId();

      restartWorker(() -> {
        registry.post(InternalApi.MODULE_VERSIONS, offer);
        change(id, "claim = gen_random_uuid(), crashes = 3");
      });

      awaitTold(id);
      assertThat(metadata(id).path("error").asText())
          .isEqualTo("The registry's worker ended 4 times while it read this module.");
    }

    @Test
    void a_worker_that_died_before_it_told_atlas_is_followed_by_one_that_does() {
      ModuleVersionOffer offer = registry.offer("untold", "1.0.0", GOOD);
      ModuleVersionId id = offer.moduleVersionId();
      registry.publish(offer);
      awaitTold(id);
      registry.neighbours.objects.remove(offer.objectId());

      change(id, "is_told = false, claim = gen_random_uuid(), due_at = now()");

      awaitTold(id);
      assertThat(registry.neighbours.told(id))
          .extracting(ModuleExtracted::status)
          .containsExactly(ExtractionStatus.OK, ExtractionStatus.OK);
    }

    @Test
    void atlas_is_told_until_it_has_answered() {
      ModuleVersionOffer offer = registry.offer("patient", "1.0.0", GOOD);
      ModuleVersionId id = offer.moduleVersionId();
      registry.neighbours.answers.put(id.value(), 503);
      registry.publish(offer);

      registry.neighbours.answers.put(id.value(), 204);

      awaitTold(id);
      assertThat(registry.neighbours.told(id)).hasSizeGreaterThan(1);
      assertThat(column(id, "refusal")).isEqualTo("none");
    }

    @Test
    void what_atlas_refuses_is_kept_and_not_told_again() {
      ModuleVersionOffer offer = registry.offer("unwanted", "1.0.0", GOOD);
      ModuleVersionId id = offer.moduleVersionId();
      registry.neighbours.answers.put(id.value(), 422);

      registry.publish(offer);

      awaitTold(id);
      assertThat(column(id, "refusal")).isEqualTo("POST /internal/v1/module-versions answered 422");
      assertThat(registry.neighbours.told(id)).hasSize(1);
    }
  }
}
