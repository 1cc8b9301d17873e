package io.terrarium.atlas.api.variableset;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.Identifiers;
import io.terrarium.atlas.api.variable.VariableRequests;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.variable.VariableChanges;
import io.terrarium.core.variableset.VariableSetChanges;
import io.terrarium.core.variableset.VariableSetFilter;
import io.terrarium.core.variableset.VariableSetScope;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what clients send about variable sets, and what people fill in.
public final class VariableSetRequests {
  private static final String RELATIONSHIPS = "/data/relationships/";

  private VariableSetRequests() {}

  static Incoming body(Call call) {
    return Incoming.of(call, VariableSetResource.TYPE);
  }

  public static VariableSetChanges changes(Incoming body) {
    Optional<List<JsonNode>> workspaces = body.relationshipsGiven("workspaces");
    Optional<List<JsonNode>> projects = body.relationshipsGiven("projects");
    List<JsonNode> variables = body.relationshipsGiven("vars").orElse(List.of());
    VariableSetChanges changes =
        new VariableSetChanges(
            body.text("name"),
            body.text("description"),
            body.flag("global"),
            body.flag("priority"),
            workspaces.map(named -> ids(named, "workspaces", WorkspaceId::new)),
            projects.map(named -> ids(named, "projects", ProjectId::new)),
            variables(variables));
    body.check();
    return changes;
  }

  private static <T> List<T> ids(List<JsonNode> named, String type, Function<String, T> id) {
    return Identifiers.of(named, type, RELATIONSHIPS + type + "/data").stream().map(id).toList();
  }

  private static List<VariableChanges> variables(List<JsonNode> sent) {
    List<VariableChanges> variables = new ArrayList<>();
    for (JsonNode variable : sent) {
      variables.add(
          VariableRequests.changes(variable, RELATIONSHIPS + "vars/data/" + variables.size()));
    }
    return variables;
  }

  /// The project that a new set is to belong to; none where the organization is named, or nothing.
  static Optional<ProjectId> parent(Incoming body, String organization) {
    Optional<Incoming.Named> parent = body.named("parent");
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    Incoming.Named named = parent.get();
    if (named.type().equals("projects")) {
      return Optional.of(new ProjectId(named.id()));
    }
    if (named.type().equals("organizations") && named.id().equalsIgnoreCase(organization)) {
      return Optional.empty();
    }
    throw new Fault.Invalid(
        List.of(
            new Fault.Problem(
                "Parent must be this organization, or a project of it", RELATIONSHIPS + "parent")));
  }

  static VariableSetFilter filter(Call call) {
    Optional<Boolean> global =
        call.query("filter[global]").filter(text -> !text.isBlank()).map(VariableSetRequests::flag);
    return new VariableSetFilter(call.query("q").filter(text -> !text.isBlank()), global);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Fault.BadRequest("filter[global] must be true or false.");
    };
  }

  static VariableSetScope ofOrganization(Call call) {
    return switch (call.query("scope").orElse("")) {
      case "" -> VariableSetScope.OF_ORGANIZATION;
      case "owned" -> VariableSetScope.OWNED_BY_ORGANIZATION;
      default -> throw new Fault.BadRequest("scope must be owned, or left out.");
    };
  }

  static VariableSetScope ofProject(Call call) {
    return switch (call.query("scope").orElse("all")) {
      case "all", "" -> VariableSetScope.OF_PROJECT;
      case "applied" -> VariableSetScope.APPLIED_TO_PROJECT;
      case "shared" -> VariableSetScope.SHARED_WITH_PROJECT;
      case "owned" -> VariableSetScope.OWNED_BY_PROJECT;
      default -> throw new Fault.BadRequest("scope must be applied, shared, owned or all.");
    };
  }
}
