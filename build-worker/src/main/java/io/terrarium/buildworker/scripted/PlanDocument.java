package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.List;

/// A plan as `terraform show -json` prints it, and the schemas that reading it takes.
final class PlanDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String FORMAT_VERSION = "1.2";
  private static final String TYPE = "terraform_data";
  private static final String PROVIDER = "terraform.io/builtin/terraform";

  private PlanDocument() {}

  /// Complains of what no reader of plans could use.
  static void check(ObjectNode plan, String path) {
    JsonNode resources = plan.path("resource_changes");
    if (!resources.isArray() && !resources.isMissingNode()) {
      throw Fields.fault(path + ".resource_changes", "must be an array");
    }
    for (int at = 0; at < resources.size(); at++) {
      JsonNode resource = resources.get(at);
      String where = path + ".resource_changes[" + at + "]";
      for (String name : List.of("address", "type", "provider_name")) {
        if (!resource.path(name).isTextual()) {
          throw Fields.fault(where + "." + name, "must be a string");
        }
      }
      if (!resource.at("/change/actions").isArray()) {
        throw Fields.fault(where + ".change.actions", "must be an array");
      }
    }
    JsonNode outputs = plan.path("output_changes");
    if (!outputs.isObject() && !outputs.isMissingNode()) {
      throw Fields.fault(path + ".output_changes", "must be an object");
    }
  }

  /// What the script gives, made whole, or a plan of as many resources as it counts.
  static ObjectNode of(Script.Outlook outlook, String version) {
    ObjectNode plan = outlook.document().map(ObjectNode::deepCopy).orElseGet(JSON::objectNode);
    if (!plan.has("format_version")) {
      plan.put("format_version", FORMAT_VERSION);
    }
    plan.put("terraform_version", version);
    if (!plan.has("resource_changes")) {
      plan.set("resource_changes", resources(outlook.changes()));
    }
    if (!plan.has("output_changes")) {
      plan.putObject("output_changes");
    }
    outlook.hasChanges().ifPresent(has -> plan.put("applyable", has));
    return plan;
  }

  private static ArrayNode resources(Changes changes) {
    ArrayNode all = JSON.arrayNode();
    add(all, "added", changes.additions(), "create");
    add(all, "changed", changes.changes(), "update");
    add(all, "destroyed", changes.destructions(), "delete");
    add(all, "imported", changes.imports(), "no-op");
    return all;
  }

  private static void add(ArrayNode all, String name, int count, String action) {
    for (int index = 0; index < count; index++) {
      ObjectNode resource = all.addObject();
      resource.put("address", TYPE + "." + name + "[" + index + "]");
      resource.put("mode", "managed");
      resource.put("type", TYPE);
      resource.put("name", name);
      resource.put("index", index);
      resource.put("provider_name", PROVIDER);
      ObjectNode change = resource.putObject("change");
      change.putArray("actions").add(action);
      change.set("before", action.equals("create") ? JSON.nullNode() : value("before"));
      change.set("after", action.equals("delete") ? JSON.nullNode() : after(action));
      change.putObject("after_unknown");
      change.put("before_sensitive", false);
      change.put("after_sensitive", false);
      if (name.equals("imported")) {
        change.putObject("importing").put("id", name + "-" + index);
      }
    }
  }

  private static ObjectNode after(String action) {
    return value(action.equals("no-op") ? "before" : "after");
  }

  private static ObjectNode value(String input) {
    return JSON.objectNode().put("input", input);
  }

  /// Schemas of all that `plan` changes, as `terraform providers schema -json` prints them: the
  /// attributes are those that it shows, and may be anything.
  static ObjectNode schemas(JsonNode plan) {
    ObjectNode schemas = JSON.objectNode();
    schemas.put("format_version", "1.0");
    ObjectNode providers = schemas.putObject("provider_schemas");
    for (JsonNode resource : plan.path("resource_changes")) {
      boolean isData = resource.path("mode").asText().equals("data");
      ObjectNode block =
          providers
              .withObjectProperty(resource.path("provider_name").asText())
              .withObjectProperty(isData ? "data_source_schemas" : "resource_schemas")
              .withObjectProperty(resource.path("type").asText())
              .put("version", 0)
              .withObjectProperty("block");
      ObjectNode attributes = block.withObjectProperty("attributes");
      for (String side : List.of("before", "after", "after_unknown")) {
        resource
            .path("change")
            .path(side)
            .fieldNames()
            .forEachRemaining(name -> describe(attributes.withObjectProperty(name)));
      }
    }
    return schemas;
  }

  private static void describe(ObjectNode attribute) {
    attribute.put("type", "dynamic").put("optional", true).put("computed", true);
  }
}
