package io.terrarium.registry.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.kernel.json.Json;
import io.terrarium.registry.TerraformCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same files, once read by the real `terraform` and once by the registry.
class JudgedByTerraformIT {
  private static final String OVERRIDES =
      """
      variable "flag" {
        description = "Overridden."
        default     = false
      }
      """;
  private static final String JSON =
      """
      {
        "//": "a comment",
        "variable": {
          "in_json": {
            "type": "map(string)",
            "description": "Not $${a template}.",
            "default": {"a": "$${b}", "c": "${d}"}
          }
        },
        "output": [{"from_json": {"value": "${var.in_json}", "description": "From JSON."}}],
        "resource": {"terraform_data": {"json": [{"input": 1}]}}
      }
      """;
  private static final String STATE =
      """
      {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {},
       "resources": []}
      """;

  @TempDir private static Path directory;
  private static JsonNode judge;
  private static ModuleContent read;

  @BeforeAll
  static void read() throws IOException {
    String nasty = resource("/hcl/nasty.tf");
    // Each file once more with the line ends of Windows.
    String windows =
        "variable \"windows\" {\n  default = <<-EOT\n    a\n      b\n  EOT\n} # end\n"
            .replace("\n", "\r\n");
    TerraformCommand terraform =
        new TerraformCommand(directory, Map.of())
            .write("nasty.tf", nasty)
            .write("windows.tf", windows)
            .write("zz_override.tf", OVERRIDES)
            .write("json.tf.json", JSON)
            .write("x", STATE)
            .write("modules/child/main.tf", "output \"x\" { value = 1 }\n");
    run(terraform, "init", "-backend=false", "-input=false");
    run(
        terraform,
        "plan",
        "-input=false",
        "-out=plan",
        "-var=plain=x",
        "-var=legacy=1",
        "-var=commented=a");
    judge = Json.SNAKE.readTree(run(terraform, "show", "-json", "plan")).at("/configuration");
    read =
        ModuleReader.read(
            "",
            null,
            List.of(
                file("json.tf.json", JSON),
                file("nasty.tf", nasty),
                file("windows.tf", windows),
                file("zz_override.tf", OVERRIDES)));
  }

  private static String run(TerraformCommand terraform, String... arguments) {
    TerraformCommand.Ended ended = terraform.run(arguments);
    assertThat(ended.exit()).as(ended.output()).isZero();
    return ended.output();
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(JudgedByTerraformIT.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConfigurationFile file(String name, String text) {
    return ConfigurationFile.read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, JsonNode> of(String kind) {
    Map<String, JsonNode> all = new TreeMap<>();
    judge
        .at("/root_module/" + kind)
        .properties()
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  @Test
  void variables_are_what_terraform_says() {
    Map<String, JsonNode> variables = of("variables");
    Map<String, ModuleContent.Input> inputs =
        read.inputs().stream()
            .collect(Collectors.toMap(ModuleContent.Input::name, Function.identity()));

    assertThat(inputs.keySet()).isEqualTo(variables.keySet());
    variables.forEach((name, variable) -> {
      ModuleContent.Input input = Objects.requireNonNull(inputs.get(name));
      assertThat(shown(input)).as(name).isEqualTo(shown(variable));
    });
  }

  private static JsonNode shown(ModuleContent.Input input) {
    try {
      ObjectNode shown = Json.SNAKE.createObjectNode();
      if (input.defaultValue() != null) {
        shown.put("default", normalized(Json.SNAKE.readTree(input.defaultValue())));
      }
      shown.put("description", input.description() == null ? "" : input.description());
      shown.put("sensitive", input.sensitive());
      return shown;
    } catch (IOException e) {
      throw new AssertionError(input.name() + " has the default " + input.defaultValue(), e);
    }
  }

  private static JsonNode shown(JsonNode variable) {
    ObjectNode shown = Json.SNAKE.createObjectNode();
    if (variable.has("default")) {
      shown.put("default", normalized(variable.path("default")));
    }
    shown.put("description", variable.path("description").asText(""));
    shown.put("sensitive", variable.path("sensitive").asBoolean());
    return shown;
  }

  /// The order of members, and how a number is spelled, say nothing.
  private static String normalized(JsonNode json) {
    if (json.isObject()) {
      Map<String, String> members = new TreeMap<>();
      json.properties().forEach(entry -> members.put(entry.getKey(), normalized(entry.getValue())));
      return members.toString();
    }
    if (json.isArray()) {
      return json.valueStream().map(JudgedByTerraformIT::normalized).toList().toString();
    }
    return json.isNumber()
        ? json.decimalValue().stripTrailingZeros().toPlainString()
        : json.toString();
  }

  @Test
  void outputs_are_what_terraform_says() {
    Map<String, String> outputs = new TreeMap<>();
    of("outputs")
        .forEach((name, output) ->
            outputs.put(
                name,
                output.path("description").asText("") + output.path("sensitive").asBoolean()));

    assertThat(
            read.outputs().stream()
                .collect(
                    Collectors.toMap(
                        ModuleContent.Output::name,
                        output ->
                            (output.description() == null ? "" : output.description())
                                + output.sensitive())))
        .isEqualTo(outputs);
  }

  @Test
  void resources_are_what_terraform_says() {
    List<String> resources =
        judge
            .at("/root_module/resources")
            .valueStream()
            .map(resource ->
                resource.path("mode").asText()
                    + " "
                    + resource.path("type").asText()
                    + " "
                    + resource.path("name").asText())
            .toList();

    assertThat(read.resources())
        .extracting(resource -> resource.mode() + " " + resource.type() + " " + resource.name())
        .containsExactlyInAnyOrderElementsOf(resources);
  }

  @Test
  void module_calls_are_what_terraform_says() {
    Map<String, String> calls = new TreeMap<>();
    of("module_calls").forEach((name, call) -> calls.put(name, call.path("source").asText()));

    assertThat(
            read.moduleCalls().stream()
                .collect(
                    Collectors.toMap(
                        ModuleContent.ModuleCall::name, ModuleContent.ModuleCall::source)))
        .isEqualTo(calls);
  }
}
