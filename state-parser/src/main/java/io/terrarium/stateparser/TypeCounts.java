package io.terrarium.stateparser;

import io.terrarium.contracts.state.ParsedState;
import io.terrarium.contracts.state.ParsedState.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Counts resource types by module and by provider, as the API shows them; data sources count as
/// `data.<type>`.
final class TypeCounts {
  private TypeCounts() {}

  static List<ParsedState.Module> modules(List<Resource> resources) {
    return by(resources, Resource::module).entrySet().stream()
        .map(entry -> new ParsedState.Module(entry.getKey(), counts(entry.getValue())))
        .toList();
  }

  static List<ParsedState.Provider> providers(List<Resource> resources) {
    return by(resources, resource -> "provider[\"" + resource.provider() + "\"]")
        .entrySet()
        .stream()
        .map(entry -> new ParsedState.Provider(entry.getKey(), counts(entry.getValue())))
        .toList();
  }

  private static Map<String, Map<String, Integer>> by(
      List<Resource> resources, Function<Resource, String> key) {
    Map<String, Map<String, Integer>> all = new TreeMap<>();
    for (Resource resource : resources) {
      String type = resource.mode().equals("data") ? "data." + resource.type() : resource.type();
      all.computeIfAbsent(key.apply(resource), _ -> new TreeMap<>())
          .merge(type, resource.count(), Integer::sum);
    }
    return all;
  }

  private static List<ParsedState.TypeCount> counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> new ParsedState.TypeCount(entry.getKey(), entry.getValue()))
        .toList();
  }
}
