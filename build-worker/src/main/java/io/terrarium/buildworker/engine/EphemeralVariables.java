package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Input variables whose values terraform keeps out of its plans, so that an apply must be told
/// them again. It must not be told any other: the plan holds those, and they may have changed
/// since.
final class EphemeralVariables {
  private static final String ROOT_MODULE = "tfconfig/m-/";

  private EphemeralVariables() {}

  /// Those among `variables`. Terraform is only asked when the configuration speaks of such.
  static List<Variable> of(Path planFile, Workplace workplace, List<Variable> variables)
      throws InterruptedException {
    try {
      if (!areMentioned(planFile)) {
        return List.of();
      }
      Path shown = workplace.runQuietly(List.of("show", "-json", planFile.toString()), "plan.json");
      JsonNode plan = Json.SNAKE.readTree(shown.toFile());
      JsonNode declared = plan.at("/configuration/root_module/variables");
      JsonNode kept = plan.path("variables");
      return variables.stream()
          .filter(variable -> variable.category() == Category.TERRAFORM)
          .filter(variable -> declared.has(variable.key()) && !kept.has(variable.key()))
          .toList();
    } catch (IOException e) {
      throw new BuildFault("The stored plan cannot be read.", e);
    }
  }

  private static boolean areMentioned(Path planFile) throws IOException {
    try (ZipFile plan = new ZipFile(planFile.toFile())) {
      for (ZipEntry entry : Collections.list(plan.entries())) {
        if (entry.getName().startsWith(ROOT_MODULE)) {
          try (InputStream in = plan.getInputStream(entry)) {
            if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("ephemeral")) {
              return true;
            }
          }
        }
      }
      return false;
    }
  }
}
