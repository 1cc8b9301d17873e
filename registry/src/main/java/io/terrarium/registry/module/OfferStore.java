package io.terrarium.registry.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleMetadata;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.kernel.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of what atlas offers and takes back, and of what it asks about it.
final class OfferStore {
  private static final String TAKEN =
      """
      SELECT external_id FROM module_versions
       WHERE organization_id = :organization AND name = :name AND provider = :provider
         AND version = :version AND external_id <> :id
      """;

  /// Another object is read anew, and whoever has claimed the one before has lost it. What was done
  /// with the same object is told again: atlas would not offer what it knows the end of.
  private static final String SAVE =
      """
      INSERT INTO module_versions AS v
             (external_id, organization_id, name, provider, version, object_id, source, published_at)
      VALUES (:id, :organization, :name, :provider, :version, :objectId, :source, :publishedAt)
          ON CONFLICT (external_id) DO UPDATE
         SET organization_id = :organization, name = :name, provider = :provider, version = :version,
             object_id = :objectId, source = :source, published_at = :publishedAt,
             offered_at = now(), is_told = false, refusal = NULL, attempts = 0,
             due_at = CASE WHEN v.is_told OR v.object_id <> :objectId THEN now() ELSE v.due_at END,
             status = CASE WHEN v.object_id = :objectId THEN v.status ELSE 'pending' END,
             error = CASE WHEN v.object_id = :objectId THEN v.error END,
             claim = CASE WHEN v.object_id = :objectId THEN v.claim END,
             crashes = CASE WHEN v.object_id = :objectId THEN v.crashes ELSE 0 END
      """;

  private static final String FIND =
      """
      SELECT id, object_id, status, error FROM module_versions WHERE external_id = :id
      """;

  /// The id of another version with the same address.
  Optional<String> otherAt(Handle db, ModuleVersionOffer offer) {
    return db.createQuery(TAKEN)
        .bind("organization", offer.organizationId().value())
        .bind("name", offer.name())
        .bind("provider", offer.provider())
        .bind("version", offer.version())
        .bind("id", offer.moduleVersionId().value())
        .mapTo(String.class)
        .findOne();
  }

  void save(Handle db, ModuleVersionOffer offer) {
    db.createUpdate(SAVE)
        .bind("id", offer.moduleVersionId().value())
        .bind("organization", offer.organizationId().value())
        .bind("name", offer.name())
        .bind("provider", offer.provider())
        .bind("version", offer.version())
        .bind("objectId", offer.objectId())
        .bind("source", offer.source())
        .bind("publishedAt", offer.publishedAt())
        .execute();
  }

  void delete(Handle db, ModuleVersionId id) {
    db.createUpdate("DELETE FROM module_versions WHERE external_id = :id")
        .bind("id", id.value())
        .execute();
  }

  Optional<ModuleMetadata> metadata(Handle db, ModuleVersionId id) {
    record Row(long id, String objectId, ExtractionStatus status, Optional<String> error) {}
    return db.createQuery(FIND)
        .bind("id", id.value())
        .map((row, _) ->
            new Row(
                row.getLong("id"),
                row.getString("object_id"),
                ExtractionStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("error"))))
        .findOne()
        .map(row -> {
          List<ModuleContent> all =
              row.status() == ExtractionStatus.OK ? contents(db, row.id()) : List.of();
          return new ModuleMetadata(
              ModuleMetadata.VERSION,
              id,
              row.objectId(),
              row.status(),
              row.error().orElse(null),
              all.stream().filter(content -> content.path().isEmpty()).findFirst().orElse(null),
              all.stream().filter(content -> !content.path().isEmpty()).toList());
        });
  }

  /// The modules of a version, the root first.
  static List<ModuleContent> contents(Handle db, long moduleVersion) {
    return db.createQuery(
            "SELECT * FROM module_contents WHERE module_version_id = :id ORDER BY path COLLATE \"C\"")
        .bind("id", moduleVersion)
        .map((row, _) ->
            new ModuleContent(
                row.getString("path"),
                row.getString("readme"),
                row.getString("required_version"),
                list(row.getString("inputs"), ModuleContent.Input[].class),
                list(row.getString("outputs"), ModuleContent.Output[].class),
                list(row.getString("resources"), ModuleContent.Resource[].class),
                list(
                    row.getString("provider_dependencies"),
                    ModuleContent.ProviderDependency[].class),
                list(row.getString("module_calls"), ModuleContent.ModuleCall[].class)))
        .list();
  }

  static <T> List<T> list(String json, Class<T[]> type) {
    try {
      return List.of(Json.SNAKE.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds what we did not write", e);
    }
  }
}
