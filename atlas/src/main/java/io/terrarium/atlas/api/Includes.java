package io.terrarium.atlas.api;

import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.HashSet;
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

  /// Renders what stands behind one relationship of `thing`, as far as `caller` may see it.
  @FunctionalInterface
  public interface Renderer<T> {
    List<Resource> of(Principal caller, T thing);

    /// What `thing` points at, where that alone decides what is rendered; empty where more does.
    default Optional<Object> target(T thing) {
      return Optional.empty();
    }

    /// Renders what stands behind a reference, which many things may share; nothing when there is
    /// none.
    static <T, K> Renderer<T> to(
        Function<T, Optional<K>> reference, BiFunction<Principal, K, List<Resource>> rendered) {
      return new Renderer<>() {
        @Override
        public List<Resource> of(Principal caller, T thing) {
          return reference
              .apply(thing)
              .map(target -> rendered.apply(caller, target))
              .orElse(List.of());
        }

        @Override
        public Optional<Object> target(T thing) {
          return reference.apply(thing).map(target -> target);
        }
      };
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

  /// Each resource once, however many of `things` point at it; what several point at is looked up
  /// once, too.
  public List<Resource> of(Principal caller, List<T> things, List<String> wanted) {
    Map<String, Resource> all = new LinkedHashMap<>();
    for (String name : wanted) {
      Renderer<T> renderer = renderers.get(name);
      if (renderer != null) {
        for (T thing : distinct(things, renderer)) {
          for (Resource resource : visible(renderer, caller, thing)) {
            all.putIfAbsent(resource.type() + "/" + resource.id(), resource);
          }
        }
      }
    }
    return List.copyOf(all.values());
  }

  /// Of those that point at the same target, the first.
  private List<T> distinct(List<T> things, Renderer<T> renderer) {
    Set<Object> targets = new HashSet<>();
    return things.stream()
        .filter(thing -> renderer.target(thing).map(targets::add).orElse(true))
        .toList();
  }

  /// What the caller may not see does not come along.
  private List<Resource> visible(Renderer<T> renderer, Principal caller, T thing) {
    try {
      return renderer.of(caller, thing);
    } catch (Fault.NotFound hidden) {
      return List.of();
    }
  }
}
