package io.terrarium.registry.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleContent.Input;
import io.terrarium.contracts.registry.ModuleContent.ModuleCall;
import io.terrarium.contracts.registry.ModuleContent.Output;
import io.terrarium.contracts.registry.ModuleContent.Resource;
import io.terrarium.registry.hcl.Block;
import io.terrarium.registry.hcl.Body;
import io.terrarium.registry.hcl.Expression;
import io.terrarium.registry.hcl.HclFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the files of one directory together to what the module in it is.
final class ModuleReader {
  private static final Map<String, String> RESOURCES =
      Map.of("resource", "managed", "data", "data", "ephemeral", "ephemeral");

  private final Map<String, Map<String, Expression>> inputs = new LinkedHashMap<>();
  private final Map<String, Map<String, Expression>> outputs = new LinkedHashMap<>();
  private final Map<String, Map<String, Expression>> calls = new LinkedHashMap<>();
  private final Set<Resource> resources = new LinkedHashSet<>();
  private final Set<String> versions = new LinkedHashSet<>();
  private final ProviderNeeds providers = new ProviderNeeds();

  private ModuleReader() {}

  /// @param files those of the language, in the order in which Terraform reads them
  /// @throws HclFault where they say what Terraform would not take
  static ModuleContent read(String path, @Nullable String readme, List<ConfigurationFile> files) {
    ModuleReader reader = new ModuleReader();
    for (ConfigurationFile file : files) {
      for (Block block : file.body().blocks()) {
        reader.add(block, file.isOverride());
      }
    }
    return reader.content(path, readme);
  }

  private void add(Block block, boolean isOverride) {
    Map<String, Expression> arguments = block.body().attributes();
    switch (block.type()) {
      case "variable" -> declare(inputs, block, isOverride);
      case "output" -> declare(outputs, block, isOverride);
      case "module" -> declare(calls, block, isOverride);
      case "resource", "data", "ephemeral" -> resource(block, isOverride);
      case "provider" -> {
        requireLabels(block, 1);
        providers.configured(block.labels().getFirst(), argument(arguments, "version"));
      }
      case "terraform" -> terraform(block.body());
      default -> {} // Locals, checks, moves and the like are the module's own affair.
    }
  }

  /// What an override file says of something replaces what was said of it, argument by argument.
  private static void declare(
      Map<String, Map<String, Expression>> declared, Block block, boolean isOverride) {
    requireLabels(block, 1);
    String name = block.labels().getFirst();
    Map<String, Expression> before = declared.get(name);
    if (before != null && !isOverride) {
      throw new HclFault(
          block.file(), block.line(), "%s \"%s\" is declared twice".formatted(block.type(), name));
    }
    Map<String, Expression> arguments = declared.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    arguments.putAll(block.body().attributes());
  }

  private static void requireLabels(Block block, int count) {
    if (block.labels().size() != count) {
      throw new HclFault(
          block.file(),
          block.line(),
          "%s needs %d %s before its brace, and has %d"
              .formatted(
                  block.type(), count, count == 1 ? "label" : "labels", block.labels().size()));
    }
  }

  private void resource(Block block, boolean isOverride) {
    requireLabels(block, 2);
    String type = block.labels().getFirst();
    String mode = RESOURCES.getOrDefault(block.type(), "managed");
    Resource resource = new Resource(mode, type, block.labels().getLast());
    if (!resources.add(resource) && !isOverride) {
      throw new HclFault(
          block.file(),
          block.line(),
          "%s \"%s\" \"%s\" is declared twice".formatted(block.type(), type, resource.name()));
    }
    providers.used(type, Optional.ofNullable(block.body().attributes().get("provider")));
  }

  private void terraform(Body body) {
    argument(body.attributes(), "required_version").ifPresent(versions::add);
    for (Block block : body.blocks()) {
      if (block.type().equals("required_providers")) {
        block.body().attributes().forEach(providers::required);
      }
    }
  }

  private ModuleContent content(String path, @Nullable String readme) {
    List<Input> foundInputs = new ArrayList<>();
    inputs.forEach((name, arguments) -> foundInputs.add(input(name, arguments)));
    List<Output> foundOutputs = new ArrayList<>();
    outputs.forEach((name, arguments) ->
        foundOutputs.add(
            new Output(
                name,
                argument(arguments, "description").orElse(null),
                isTrue(arguments, "sensitive"))));
    List<ModuleCall> foundCalls = new ArrayList<>();
    calls.forEach((name, arguments) ->
        foundCalls.add(
            new ModuleCall(
                name,
                Optional.ofNullable(arguments.get("source")).map(ModuleReader::shown).orElse(""),
                argument(arguments, "version").orElse(null))));
    return new ModuleContent(
        path,
        readme,
        versions.isEmpty() ? null : String.join(", ", versions),
        foundInputs,
        foundOutputs,
        List.copyOf(resources),
        providers.all(),
        foundCalls);
  }

  private static Input input(String name, Map<String, Expression> arguments) {
    Expression type = arguments.get("type");
    Expression otherwise = arguments.get("default");
    return new Input(
        name,
        type == null ? null : shown(type),
        argument(arguments, "description").orElse(null),
        otherwise == null
            ? null
            : otherwise.literal().map(JsonNode::toString).orElse(otherwise.text()),
        otherwise == null,
        isTrue(arguments, "sensitive"));
  }

  /// A string without its quotes, all else as it is written.
  private static String shown(Expression expression) {
    return expression.string().orElse(expression.text());
  }

  /// What a person has written there, as text.
  private static Optional<String> argument(Map<String, Expression> arguments, String name) {
    return Optional.ofNullable(arguments.get(name)).map(ModuleReader::shown);
  }

  private static boolean isTrue(Map<String, Expression> arguments, String name) {
    return Optional.ofNullable(arguments.get(name)).filter(Expression::isTrue).isPresent();
  }
}
