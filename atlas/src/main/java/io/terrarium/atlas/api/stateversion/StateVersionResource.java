package io.terrarium.atlas.api.stateversion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.core.retention.BackingData;
import io.terrarium.core.stateversion.StateObjects;
import io.terrarium.core.stateversion.StateOutput;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.core.stateversion.VisibleState;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A state version, and an output, as the API shows them. The addresses are new in each answer.
public final class StateVersionResource {
  private final StateObjects objects;
  private final PublicAddress address;

  public StateVersionResource(StateObjects objects, PublicAddress address) {
    this.objects = objects;
    this.address = address;
  }

  record Attributes(
      Instant createdAt,
      long size,
      @Nullable String hostedStateDownloadUrl,
      @Nullable String hostedJsonStateDownloadUrl,
      @Nullable String hostedStateUploadUrl,
      @Nullable String hostedJsonStateUploadUrl,
      boolean intermediate,
      @Nullable String lineage,
      @Nullable String md5,
      Map<String, Map<String, Integer>> modules,
      Permissions permissions,
      Map<String, Map<String, Integer>> providers,
      JsonNode resources,
      boolean resourcesProcessed,
      long serial,
      @Nullable Integer stateVersion,
      String status,
      @Nullable String terraformVersion,
      int billableRumCount,
      @Nullable String vcsCommitSha,
      @Nullable String vcsCommitUrl) {}

  record Permissions(boolean canRestoreBackingData) {}

  record OutputAttributes(
      String name,
      boolean sensitive,
      String type,
      @Nullable JsonNode value,
      @JsonProperty("detailed-type") JsonNode detailedType) {
    @Override
    public String toString() {
      return "OutputAttributes[" + name + "]";
    }
  }

  record WorkspaceOutputAttributes(
      String name, boolean sensitive, String outputType, @Nullable JsonNode value) {
    @Override
    public String toString() {
      return "WorkspaceOutputAttributes[" + name + "]";
    }
  }

  /// With the upload addresses, which only its creator is told, and only once.
  public Resource created(StateVersion created) {
    return of(created, created.status() == StateVersion.Status.PENDING, false);
  }

  public Resource of(VisibleState visible) {
    StateVersion version = visible.version();
    boolean canRestore =
        version.status() == StateVersion.Status.BACKING_DATA_SOFT_DELETED
            && visible.access().allows(BackingData.RIGHT);
    return of(version, false, canRestore);
  }

  private Resource of(StateVersion version, boolean isUploadable, boolean canRestore) {
    StateVersion.Content content = version.content();
    boolean isThere = version.status() == StateVersion.Status.FINALIZED;
    Attributes attributes =
        new Attributes(
            version.createdAt(),
            version.bytes(),
            isThere ? download(version.object()) : null,
            isThere ? download(version.jsonObject()) : null,
            isUploadable ? address.of(objects.write(version.id())) : null,
            isUploadable ? address.of(objects.writeJson(version.id())) : null,
            false,
            version.lineage(),
            version.md5(),
            counts(content.modules()),
            new Permissions(canRestore),
            counts(content.providers()),
            content.resources(),
            content.isParsed(),
            version.serial(),
            content.format(),
            version.status().wire(),
            content.terraformVersion(),
            content.resourceCount(),
            null,
            null);
    return new Resource(
        version.id().value(),
        "state-versions",
        attributes,
        relationships(version),
        Map.of("self", "/api/v2/state-versions/" + version.id()));
  }

  /// As an output of its workspace.
  public static Resource ofWorkspace(StateOutput output) {
    return new Resource(
        output.id().value(),
        "workspace-outputs",
        new WorkspaceOutputAttributes(
            output.name(), output.sensitive(), output.type(), output.value()),
        Map.of(),
        Map.of("self", "/api/v2/state-version-outputs/" + output.id()));
  }

  public static Resource of(StateOutput output) {
    return new Resource(
        output.id().value(),
        "state-version-outputs",
        new OutputAttributes(
            output.name(),
            output.sensitive(),
            output.type(),
            output.value(),
            output.detailedType()),
        Map.of(),
        Map.of("self", "/api/v2/state-version-outputs/" + output.id()));
  }

  private @Nullable String download(@Nullable String object) {
    return object == null ? null : address.of(objects.read(object));
  }

  private static Map<String, Map<String, Integer>> counts(JsonNode groups) {
    Map<String, Map<String, Integer>> byName = new LinkedHashMap<>();
    for (JsonNode group : groups) {
      Map<String, Integer> types = new LinkedHashMap<>();
      group
          .path("types")
          .forEach(type -> types.put(type.path("type").asText(), type.path("count").asInt()));
      byName.put(group.path("name").asText(), types);
    }
    return byName;
  }

  private static Map<String, Relationship> relationships(StateVersion version) {
    String workspace = version.workspaceId().value();
    Map<String, Relationship> all = new LinkedHashMap<>();
    all.put("run", optional("runs", version.runId()));
    all.put("created-by", optional("users", version.createdBy()));
    StateVersion.Related related = version.related();
    all.put("previous-state-version", optional("state-versions", related.previous()));
    all.put("next-state-version", optional("state-versions", related.next()));
    all.put("rollback-state-version", optional("state-versions", related.rollback()));
    all.put(
        "workspace", Relationship.one("workspaces", workspace, "/api/v2/workspaces/" + workspace));
    all.put(
        "outputs",
        Relationship.many(
            "state-version-outputs", version.outputs().stream().map(Object::toString).toList()));
    return all;
  }

  private static Relationship optional(String type, @Nullable Object id) {
    return Relationship.optional(type, Optional.ofNullable(id).map(Object::toString));
  }
}
