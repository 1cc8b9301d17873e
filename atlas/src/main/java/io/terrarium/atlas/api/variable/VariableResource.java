package io.terrarium.atlas.api.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.variable.Variable;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A variable on the wire.
public final class VariableResource {
  public static final String TYPE = "vars";

  private VariableResource() {}

  record Attributes(
      String key,
      @Nullable String value,
      boolean sensitive,
      String category,
      boolean hcl,
      Instant createdAt,
      @Nullable String description,
      String versionId) {
    @Override
    public String toString() {
      return "Attributes[" + key + "]";
    }
  }

  public static Resource of(Variable.Shown shown) {
    return of(shown, Map.of());
  }

  /// With what becomes of it in the workspace that was named.
  static Resource of(Variable.InContext variable) {
    return of(
        variable.shown(),
        Map.of(
            "overwritten",
            Relationship.many(
                TYPE, variable.overwritten().stream().map(VariableId::value).toList()),
            "overwriter",
            Relationship.optional(
                TYPE, Optional.ofNullable(variable.overwriter()).map(VariableId::value))));
  }

  private static Resource of(Variable.Shown shown, Map<String, Relationship> more) {
    Variable variable = shown.variable();
    Variable.Definition definition = variable.definition();
    String owner = address(variable.owner());
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    Relationship related = related(variable.owner(), owner);
    relationships.put("configurable", related);
    relationships.put(
        variable.owner() instanceof VariableOwner.OfSet ? "varset" : "workspace", related);
    relationships.putAll(more);
    return new Resource(
        variable.id().value(),
        TYPE,
        new Attributes(
            definition.name(),
            shown.value(),
            definition.sensitive(),
            definition.category().wire(),
            definition.hcl(),
            variable.createdAt(),
            definition.description(),
            variable.versionId()),
        relationships,
        Map.of("self", owner + route(variable.owner()) + variable.id()));
  }

  private static String address(VariableOwner owner) {
    return switch (owner) {
      case VariableOwner.OfWorkspace(WorkspaceId id) -> "/api/v2/workspaces/" + id;
      case VariableOwner.OfSet(VariableSetId id) -> "/api/v2/varsets/" + id;
    };
  }

  private static String route(VariableOwner owner) {
    return switch (owner) {
      case VariableOwner.OfWorkspace _ -> "/vars/";
      case VariableOwner.OfSet _ -> "/relationships/vars/";
    };
  }

  private static Relationship related(VariableOwner owner, String address) {
    return switch (owner) {
      case VariableOwner.OfWorkspace(WorkspaceId id) ->
          Relationship.one("workspaces", id.value(), address);
      case VariableOwner.OfSet(VariableSetId id) ->
          Relationship.one("varsets", id.value(), address);
    };
  }
}
