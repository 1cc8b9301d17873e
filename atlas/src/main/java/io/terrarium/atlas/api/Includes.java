package io.terrarium.atlas.api;

import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What `include=a,b` may ask for beside things of one kind, and how it is rendered.
///
/// @param known every name of the documents; others are refused
/// @param renderers those of them behind which something can stand here
public record Includes<T>(Set<String> known, Map<String, Renderer<T>> renderers) {
  public Includes {
    known = Set.copyOf(known);
    renderers = Map.copyOf(renderers);
    if (!known.containsAll(renderers.keySet())) {
      throw new IllegalArgumentException("only documented includes can be rendered");
    }
  }

  /// Renders what stands behind one relationship of things, as far as `caller` may see it.
  @FunctionalInterface
  public interface Renderer<T> {
    List<Resource> of(Principal caller, List<T> things);

    /// Renders it for each thing by itself.
    static <T> Renderer<T> each(BiFunction<Principal, T, List<Resource>> rendered) {
      return (caller, things) ->
          things.stream().flatMap(thing -> visible(rendered, caller, thing).stream()).toList();
    }

    /// Renders what a reference points at, which many things may share, once for each target.
    static <T, K> Renderer<T> to(
        Function<T, Optional<K>> reference, BiFunction<Principal, K, List<Resource>> rendered) {
      return (caller, things) ->
          things.stream()
              .flatMap(thing -> reference.apply(thing).stream())
              .distinct()
              .flatMap(target -> visible(rendered, caller, target).stream())
              .toList();
    }

    /// Renders all that references point at together, by questions whose number does not grow.
    ///
    /// @param rendered leaves out what the caller may not see
    static <T, K> Renderer<T> toAll(
        Function<T, ? extends Collection<K>> references,
        BiFunction<Principal, List<K>, List<Resource>> rendered) {
      return (caller, things) -> {
        List<K> targets =
            things.stream().flatMap(thing -> references.apply(thing).stream()).distinct().toList();
        return targets.isEmpty() ? List.of() : rendered.apply(caller, targets);
      };
    }

    /// What the caller may not see does not come along.
    private static <K> List<Resource> visible(
        BiFunction<Principal, K, List<Resource>> rendered, Principal caller, K target) {
      try {
        return rendered.apply(caller, target);
      } catch (Fault.NotFound hidden) {
        return List.of();
      }
    }
  }

  /// What a call asks for.
  ///
  /// @throws Fault.BadRequest in the words by which terraform knows an older server
  public List<String> wanted(Call call) {
    List<String> names = call.queryList("include");
    if (!known.containsAll(names)) {
      throw new Fault.BadRequest("Invalid include parameter");
    }
    return names;
  }

  /// Each resource once, however many of `things` point at it.
  public List<Resource> of(Principal caller, List<T> things, List<String> wanted) {
    Map<String, Resource> all = new LinkedHashMap<>();
    for (String name : wanted) {
      Renderer<T> renderer = renderers.get(name);
      if (renderer != null) {
        for (Resource resource : renderer.of(caller, things)) {
          all.putIfAbsent(resource.type() + "/" + resource.id(), resource);
        }
      }
    }
    return List.copyOf(all.values());
  }
}
