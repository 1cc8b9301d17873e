package io.terrarium.registry.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.registry.ModuleContent.ProviderDependency;
import io.terrarium.registry.hcl.Expression;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The providers that a module needs: those that it requires, and those that its resources imply.
final class ProviderNeeds {
  /// Part of Terraform itself.
  private static final String BUILT_IN = "terraform";

  private static final class Need {
    private @Nullable String source;
    private final Set<String> versions = new LinkedHashSet<>();
  }

  private final Map<String, Need> needs = new LinkedHashMap<>();

  /// An entry of `required_providers`: an object, or by the old way constraints alone.
  void required(String name, Expression requirement) {
    Need need = need(name);
    requirement.string("source").ifPresent(source -> need.source = source);
    requirement.string("version").or(requirement::string).ifPresent(need.versions::add);
  }

  /// A `provider` block, in which old configurations have the constraints.
  void configured(String name, Optional<String> version) {
    if (!name.equals(BUILT_IN)) {
      version.ifPresent(need(name).versions::add);
    }
  }

  /// A resource, whose type says the provider unless the resource itself does.
  void used(String type, Optional<Expression> provider) {
    String name =
        provider.map(expression -> name(expression)).orElseGet(() -> type.split("_", 2)[0]);
    if (!name.isEmpty() && !name.equals(BUILT_IN)) {
      need(name);
    }
  }

  private static String name(Expression reference) {
    String text = reference.literal().map(JsonNode::asText).orElse(reference.text());
    return text.split("\\.", 2)[0].strip();
  }

  private Need need(String name) {
    return needs.computeIfAbsent(name, _ -> new Need());
  }

  List<ProviderDependency> all() {
    return needs.entrySet().stream()
        .map(entry ->
            new ProviderDependency(
                entry.getKey(),
                entry.getValue().source,
                entry.getValue().versions.isEmpty()
                    ? null
                    : String.join(", ", entry.getValue().versions)))
        .toList();
  }
}
