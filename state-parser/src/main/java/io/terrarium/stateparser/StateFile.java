package io.terrarium.stateparser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a state file of format 4 token by token: of the instances of resources, which are nearly
/// all of a large state, only the keys are held, and a digest of each. The resources' names and the
/// outputs are held, and measured.
final class StateFile {
  /// Characters that the texts of all resources, and what holds each, may take.
  static final int RESOURCES_CHARACTERS_MAX = 32 << 20;

  private static final int RESOURCE_CHARACTERS = 100;
  private static final int INSTANCE_CHARACTERS = 50;
  private static final int FORMAT = 4;
  private static final String ROOT = "root";
  private static final Pattern PROVIDER = Pattern.compile("(?:.*\\.)?provider\\[\"([^\"]+)\"\\].*");
  // What is skipped is not measured; a text that is read is held as a whole.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(OutputTokens.OUTPUT_BYTES_MAX)
                  .build())
          .build();

  private final DigestedInput input;
  private final JsonParser tokens;
  private final OutputTokens outputTokens;
  private final List<ParsedState.Resource> resources = new ArrayList<>();
  private final List<ParsedState.Output> outputs = new ArrayList<>();
  private int format;
  private String terraformVersion = "";
  private long serial;
  private String lineage = "";
  private long resourcesCharacters;
  private int instancesRead;

  private StateFile(DigestedInput input, JsonParser tokens) {
    this.input = input;
    this.tokens = tokens;
    outputTokens = new OutputTokens(tokens);
  }

  /// @throws Fault.Invalid when it is no state that can be read here
  static ParsedState read(InputStream bytes) throws IOException {
    DigestedInput input = new DigestedInput(bytes);
    try (JsonParser tokens = FACTORY.createParser(input)) {
      StateFile file = new StateFile(input, tokens);
      file.readAll();
      return file.parsed();
    } catch (StreamConstraintsException e) {
      throw invalid(
          "The state holds what is too long or nested too deeply (line "
              + e.getLocation().getLineNr()
              + ").");
    } catch (JsonEOFException e) {
      throw invalid("The state breaks off before its end.");
    } catch (JsonProcessingException e) {
      throw invalid("The state is not JSON (line " + e.getLocation().getLineNr() + ").");
    }
  }

  private void readAll() throws IOException {
    if (tokens.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("The state is not a JSON object.");
    }
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      tokens.nextToken();
      switch (field) {
        case "version" -> format = tokens.getValueAsInt();
        case "terraform_version" -> terraformVersion = tokens.getValueAsString("");
        case "serial" -> serial = tokens.getValueAsLong();
        case "lineage" -> lineage = tokens.getValueAsString("");
        case "outputs" -> readOutputs();
        case "resources" -> readResources();
        default -> tokens.skipChildren();
      }
    }
    if (format != FORMAT) {
      throw invalid(
          "The state has format version "
              + format
              + "; only version 4 (Terraform 0.12 and newer) can be read.");
    }
  }

  private void readOutputs() throws IOException {
    if (isNull()) {
      return;
    }
    require(JsonToken.START_OBJECT, "The state's outputs are no object.");
    outputTokens.begin();
    while (outputTokens.nextToken() == JsonToken.FIELD_NAME) {
      String name = outputTokens.currentName();
      outputTokens.nextToken();
      outputs.add(output(name, outputTokens.read(name)));
    }
    outputTokens.end();
  }

  private static ParsedState.Output output(String name, JsonNode output) {
    JsonNode type = output.path("type").isMissingNode() ? NullNode.instance : output.path("type");
    JsonNode value =
        output.path("value").isMissingNode() ? NullNode.instance : output.path("value");
    return new ParsedState.Output(
        name,
        output.path("sensitive").asBoolean(false),
        OutputTypes.shortName(type, value),
        type,
        value);
  }

  private void readResources() throws IOException {
    if (isNull()) {
      return;
    }
    require(JsonToken.START_ARRAY, "The state's resources are no list.");
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      require(
          JsonToken.START_OBJECT,
          "Element " + resources.size() + " of the state's resources is no object.");
      readResource();
    }
  }

  private void readResource() throws IOException {
    String module = ROOT;
    String mode = "";
    String type = "";
    String name = "";
    String provider = "";
    List<ParsedState.Instance> instances = List.of();
    int before = instancesRead;
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      tokens.nextToken();
      switch (field) {
        case "module" -> module = tokens.getValueAsString(ROOT);
        case "mode" -> mode = tokens.getValueAsString("");
        case "type" -> type = tokens.getValueAsString("");
        case "name" -> name = tokens.getValueAsString("");
        case "provider" -> provider = tokens.getValueAsString("");
        case "instances" -> instances = readInstances();
        default -> tokens.skipChildren();
      }
    }
    keep(
        new ParsedState.Resource(
            mode,
            type,
            name,
            module,
            providerSource(provider),
            instancesRead - before,
            mode.equals("managed") ? instances : null));
  }

  private void keep(ParsedState.Resource resource) {
    measure(
        RESOURCE_CHARACTERS
            + Stream.of(
                    resource.mode(),
                    resource.type(),
                    resource.name(),
                    resource.module(),
                    resource.provider())
                .mapToLong(String::length)
                .sum());
    resources.add(resource);
  }

  private void measure(long characters) {
    resourcesCharacters += characters;
    if (resourcesCharacters > RESOURCES_CHARACTERS_MAX) {
      throw invalid(
          "The names of the state's resources are larger together than the "
              + RESOURCES_CHARACTERS_MAX
              + " characters that can be read.");
    }
  }

  private List<ParsedState.Instance> readInstances() throws IOException {
    List<ParsedState.Instance> instances = new ArrayList<>();
    if (isNull()) {
      return instances;
    }
    String resource = "element " + resources.size() + " of the state's resources";
    require(JsonToken.START_ARRAY, "The instances of " + resource + " are no list.");
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      require(JsonToken.START_OBJECT, "An instance of " + resource + " is no object.");
      readInstance().ifPresent(instances::add);
      instancesRead++;
    }
    return instances;
  }

  /// Empty for an object that awaits its destruction beside the instance that has replaced it.
  private Optional<ParsedState.Instance> readInstance() throws IOException {
    @Nullable JsonNode index = null;
    boolean isDeposed = false;
    input.begin(tokens.currentTokenLocation().getByteOffset());
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      tokens.nextToken();
      switch (field) {
        case "index_key" -> index = indexKey();
        case "deposed" -> isDeposed = !isNull();
        default -> tokens.skipChildren();
      }
    }
    long digest = input.end(tokens.currentLocation().getByteOffset());
    measure(INSTANCE_CHARACTERS + (index == null ? 0 : index.asText().length()));
    return isDeposed ? Optional.empty() : Optional.of(new ParsedState.Instance(index, digest));
  }

  private @Nullable JsonNode indexKey() throws IOException {
    return switch (tokens.currentToken()) {
      case VALUE_STRING -> TextNode.valueOf(tokens.getText());
      case VALUE_NUMBER_INT -> LongNode.valueOf(tokens.getValueAsLong());
      case null, default -> {
        tokens.skipChildren();
        yield null;
      }
    };
  }

  /// Terraform reads null as it reads what is not there.
  private boolean isNull() {
    return tokens.currentToken() == JsonToken.VALUE_NULL;
  }

  private void require(JsonToken expected, String otherwise) {
    if (tokens.currentToken() != expected) {
      throw invalid(otherwise);
    }
  }

  private static String providerSource(String provider) {
    Matcher matcher = PROVIDER.matcher(provider);
    return matcher.matches() ? matcher.group(1) : provider;
  }

  private ParsedState parsed() {
    int managed =
        resources.stream()
            .filter(resource -> resource.mode().equals("managed"))
            .mapToInt(ParsedState.Resource::count)
            .sum();
    return new ParsedState(
        ParsedState.VERSION,
        terraformVersion,
        format,
        serial,
        lineage,
        managed,
        List.copyOf(resources),
        TypeCounts.modules(resources),
        TypeCounts.providers(resources),
        List.copyOf(outputs));
  }

  static Fault.Invalid invalid(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, null)));
  }
}
