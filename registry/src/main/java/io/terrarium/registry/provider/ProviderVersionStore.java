package io.terrarium.registry.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.registry.ProviderVersionOffer;
import io.terrarium.kernel.json.Json;
import io.terrarium.registry.version.SemanticVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// SQL of versions of providers.
final class ProviderVersionStore {
  private static final String TAKEN =
      """
      SELECT external_id FROM provider_versions
       WHERE organization_id = :organization AND type = :type AND version = :version AND external_id <> :id
      """;

  private static final String SAVE =
      """
      INSERT INTO provider_versions
             (external_id, organization_id, type, version, protocols, gpg_keys, shasums_object_id,
              shasums_signature_object_id)
      VALUES (:id, :organization, :type, :version, CAST(:protocols AS jsonb), CAST(:keys AS jsonb),
              :shasums, :signature)
          ON CONFLICT (external_id) DO UPDATE
         SET organization_id = :organization, type = :type, version = :version,
             protocols = CAST(:protocols AS jsonb), gpg_keys = CAST(:keys AS jsonb),
             shasums_object_id = :shasums, shasums_signature_object_id = :signature
      RETURNING id
      """;

  private static final String SAVE_PLATFORM =
      """
      INSERT INTO provider_platforms
             (provider_version_id, os, arch, filename, shasum, object_id)
      VALUES (:version, :os, :arch, :filename, :shasum, :object)
      """;

  /// Versions of which all is there, by platforms of which the package is.
  private static final String COMPLETE =
      """
        FROM provider_versions v
        JOIN provider_platforms p ON p.provider_version_id = v.id AND p.object_id IS NOT NULL
       WHERE v.organization_id = :organization AND v.type = :type
         AND v.shasums_object_id IS NOT NULL AND v.shasums_signature_object_id IS NOT NULL
         AND jsonb_array_length(v.gpg_keys) > 0
      """;

  private static final String VERSIONS =
      "SELECT v.version, v.protocols, p.os, p.arch"
          + COMPLETE
          + " ORDER BY v.id, p.os COLLATE \"C\", p.arch COLLATE \"C\"";

  private static final String PACKAGE =
      "SELECT v.*, p.filename, p.shasum, p.object_id"
          + COMPLETE
          + " AND v.version = :version AND p.os = :os AND p.arch = :arch";

  record Platform(String os, String arch) {}

  record Version(String version, List<String> protocols, List<Platform> platforms) {}

  /// What is needed to install a provider on one platform.
  record Packed(
      List<String> protocols,
      List<ProviderVersionOffer.GpgKey> keys,
      String shasumsObjectId,
      String signatureObjectId,
      String filename,
      String shasum,
      String objectId) {}

  /// The id of another version with the same address.
  Optional<String> otherAt(Handle db, ProviderVersionOffer offer) {
    return db.createQuery(TAKEN)
        .bind("organization", offer.organizationId().value())
        .bind("type", offer.type())
        .bind("version", offer.version())
        .bind("id", offer.providerVersionId().value())
        .mapTo(String.class)
        .findOne();
  }

  void save(Handle db, ProviderVersionOffer offer) {
    long id =
        db.createQuery(SAVE)
            .bind("id", offer.providerVersionId().value())
            .bind("organization", offer.organizationId().value())
            .bind("type", offer.type())
            .bind("version", offer.version())
            .bind("protocols", json(offer.protocols()))
            .bind("keys", json(offer.gpgKeys()))
            .bind("shasums", offer.shasumsObjectId())
            .bind("signature", offer.shasumsSignatureObjectId())
            .mapTo(Long.class)
            .one();
    db.createUpdate("DELETE FROM provider_platforms WHERE provider_version_id = :id")
        .bind("id", id)
        .execute();
    PreparedBatch batch = db.prepareBatch(SAVE_PLATFORM);
    for (ProviderVersionOffer.Platform platform : offer.platforms()) {
      batch
          .bind("version", id)
          .bind("os", platform.os())
          .bind("arch", platform.arch())
          .bind("filename", platform.filename())
          .bind("shasum", platform.shasum())
          .bind("object", platform.objectId())
          .add();
    }
    batch.execute();
  }

  void delete(Handle db, ProviderVersionId id) {
    db.createUpdate("DELETE FROM provider_versions WHERE external_id = :id")
        .bind("id", id.value())
        .execute();
  }

  /// The versions of a provider in their order.
  List<Version> versions(Handle db, ProviderAddress provider) {
    record Row(SemanticVersion version, List<String> protocols, Platform platform) {}
    List<Row> rows =
        db.createQuery(VERSIONS)
            .bind("organization", provider.namespace().organization().value())
            .bind("type", provider.type())
            .map((row, _) ->
                new Row(
                    SemanticVersion.parse(row.getString("version")).orElseThrow(),
                    list(row.getString("protocols"), String[].class),
                    new Platform(row.getString("os"), row.getString("arch"))))
            .list();
    Map<SemanticVersion, Version> versions = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparing(Row::version))
        .forEach(row ->
            versions
                .computeIfAbsent(
                    row.version(),
                    version -> new Version(version.text(), row.protocols(), new ArrayList<>()))
                .platforms()
                .add(row.platform()));
    return List.copyOf(versions.values());
  }

  Optional<Packed> find(Handle db, ProviderAddress provider, String version, Platform platform) {
    return db.createQuery(PACKAGE)
        .bind("organization", provider.namespace().organization().value())
        .bind("type", provider.type())
        .bind("version", version)
        .bind("os", platform.os())
        .bind("arch", platform.arch())
        .map((row, _) ->
            new Packed(
                list(row.getString("protocols"), String[].class),
                list(row.getString("gpg_keys"), ProviderVersionOffer.GpgKey[].class),
                row.getString("shasums_object_id"),
                row.getString("shasums_signature_object_id"),
                row.getString("filename"),
                row.getString("shasum"),
                row.getString("object_id")))
        .findOne();
  }

  private static String json(List<?> values) {
    try {
      return Json.SNAKE.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list is always JSON", e);
    }
  }

  private static <T> List<T> list(String json, Class<T[]> type) {
    try {
      return List.of(Json.SNAKE.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds what we did not write", e);
    }
  }
}
