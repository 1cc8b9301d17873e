package io.terrarium.atlas.ui.frame;

import io.terrarium.kernel.Fault;
import java.util.List;
import java.util.Optional;

/// What is wrong with a form, field by field, so that it is shown again with what was typed.
public record Problems(List<Fault.Problem> all) {
  public static final Problems NONE = new Problems(List.of());

  public Problems {
    all = List.copyOf(all);
  }

  public static Problems of(Fault fault) {
    return new Problems(fault.problems());
  }

  /// One of the whole form.
  public static Problems of(String detail) {
    return new Problems(List.of(new Fault.Problem(detail, null)));
  }

  /// Those of an attribute, by its name in the API.
  public Optional<String> field(String attribute) {
    return all.stream()
        .filter(problem -> isOf(problem, attribute))
        .map(Fault.Problem::detail)
        .findFirst();
  }

  /// That of a field of a form, by its name there; "" where nothing is wrong with it.
  public String at(String fieldName) {
    String name = fieldName.replace("[]", "");
    return field(name.substring(name.lastIndexOf('.') + 1)).orElse("");
  }

  /// Those that are of none of these fields.
  public List<String> besides(String... fields) {
    return all.stream()
        .filter(problem -> List.of(fields).stream().noneMatch(name -> isOf(problem, name)))
        .map(Fault.Problem::detail)
        .toList();
  }

  private static boolean isOf(Fault.Problem problem, String attribute) {
    String pointer = problem.pointer();
    return pointer != null && pointer.endsWith("/" + attribute);
  }
}
