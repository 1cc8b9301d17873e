package io.terrarium.core.stateversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.contracts.state.ParsedState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A managed resource instance as it is kept.
record ResourceRow(
    String address,
    String module,
    String provider,
    String type,
    String name,
    @Nullable String nameIndex,
    long digest) {
  private static final String ROOT = "root";
  private static final String PUBLIC_REGISTRY = "registry.terraform.io/";

  /// Each address once, as Terraform has it: what awaits its destruction beside its successor is
  /// not told.
  static List<ResourceRow> of(ParsedState state) {
    Map<String, ResourceRow> rows = new LinkedHashMap<>();
    for (ParsedState.Resource resource : state.resources()) {
      List<ParsedState.Instance> instances = resource.instances();
      if (resource.mode().equals("managed") && instances != null) {
        for (ParsedState.Instance instance : instances) {
          ResourceRow row = of(resource, instance);
          rows.putIfAbsent(row.address(), row);
        }
      }
    }
    return List.copyOf(rows.values());
  }

  private static ResourceRow of(ParsedState.Resource resource, ParsedState.Instance instance) {
    JsonNode index = instance.index();
    String module = resource.module().equals(ROOT) ? "" : resource.module() + ".";
    String provider = resource.provider();
    return new ResourceRow(
        module + resource.type() + "." + resource.name() + suffix(index),
        resource.module(),
        provider.startsWith(PUBLIC_REGISTRY)
            ? provider.substring(PUBLIC_REGISTRY.length())
            : provider,
        resource.type(),
        resource.name(),
        index == null ? null : index.asText(),
        instance.digest());
  }

  /// A number stands for itself, a text is quoted.
  private static String suffix(@Nullable JsonNode index) {
    if (index == null) {
      return "";
    }
    String key = index.isTextual() ? TextNode.valueOf(index.asText()).toString() : index.asText();
    return "[" + key + "]";
  }
}
