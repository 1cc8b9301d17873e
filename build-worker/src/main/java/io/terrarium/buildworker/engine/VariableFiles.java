package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import io.terrarium.contracts.internal.BuildSpecification.Origin;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import io.terrarium.kernel.json.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Terraform variables in files, one after the other, so that later ones win. A text is written as
/// JSON, where terraform takes it literally; an expression as HCL.
final class VariableFiles {
  private VariableFiles() {}

  /// @return what tells terraform of the files
  static List<String> write(RunDirectory directory, List<Variable> variables) {
    List<String> options = new ArrayList<>();
    List<Variable> group = new ArrayList<>();
    for (Variable variable : ofTerraform(variables)) {
      if (!group.isEmpty() && isExpression(group.getFirst()) != isExpression(variable)) {
        options.add(write(directory, options.size(), group));
        group.clear();
      }
      group.add(variable);
    }
    if (!group.isEmpty()) {
      options.add(write(directory, options.size(), group));
    }
    return List.copyOf(options);
  }

  private static List<Variable> ofTerraform(List<Variable> variables) {
    return variables.stream().filter(one -> one.category() == Category.TERRAFORM).toList();
  }

  private static boolean isExpression(Variable variable) {
    return variable.hcl() || variable.origin() == Origin.RUN;
  }

  private static String write(RunDirectory directory, int number, List<Variable> group) {
    boolean isHcl = isExpression(group.getFirst());
    Map<String, String> values = new LinkedHashMap<>();
    group.forEach(variable -> values.put(variable.key(), variable.value()));
    Path file = directory.file("variables-" + number + (isHcl ? ".tfvars" : ".tfvars.json"));
    RunDirectory.writePrivate(
        file, (isHcl ? hcl(values) : json(values)).getBytes(StandardCharsets.UTF_8));
    return "-var-file=" + file;
  }

  private static String hcl(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " = " + value.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String json(Map<String, String> values) {
    try {
      return Json.SNAKE.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
