package io.terrarium.atlas.api;

import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        for (T thing : things) {
          for (Resource resource : visible(renderer, caller, thing)) {
            all.putIfAbsent(resource.type() + "/" + resource.id(), resource);
          }
        }
      }
    }
    return List.copyOf(all.values());
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
