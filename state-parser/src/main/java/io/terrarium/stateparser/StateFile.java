package io.terrarium.stateparser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a state file of format 4 token by token: the instances of resources, which are nearly all
/// of a large state, are counted and skipped, so memory does not grow with them.
final class StateFile {
  private static final int FORMAT = 4;
  private static final String ROOT = "root";
  private static final Pattern PROVIDER = Pattern.compile("(?:.*\\.)?provider\\[\"([^\"]+)\"\\].*");
  private static final JsonFactory FACTORY = Json.SNAKE.getFactory();

  private final JsonParser tokens;
  private final List<ParsedState.Resource> resources = new ArrayList<>();
  private final List<ParsedState.Output> outputs = new ArrayList<>();
  private int format;
  private String terraformVersion = "";
  private long serial;
  private String lineage = "";

  private StateFile(JsonParser tokens) {
    this.tokens = tokens;
  }

  /// @throws Fault.Invalid when it is no state that can be read here
  static ParsedState read(InputStream bytes) throws IOException {
    try (JsonParser tokens = FACTORY.createParser(bytes)) {
      StateFile file = new StateFile(tokens);
      file.readAll();
      return file.parsed();
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
    if (tokens.currentToken() != JsonToken.START_OBJECT) {
      tokens.skipChildren();
      return;
    }
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String name = tokens.currentName();
      tokens.nextToken();
      JsonNode output = Json.SNAKE.readTree(tokens);
      JsonNode type = output.path("type").isMissingNode() ? NullNode.instance : output.path("type");
      JsonNode value =
          output.path("value").isMissingNode() ? NullNode.instance : output.path("value");
      outputs.add(
          new ParsedState.Output(
              name,
              output.path("sensitive").asBoolean(false),
              OutputTypes.shortName(type, value),
              type,
              value));
    }
  }

  private void readResources() throws IOException {
    if (tokens.currentToken() != JsonToken.START_ARRAY) {
      tokens.skipChildren();
      return;
    }
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      if (tokens.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("Element " + resources.size() + " of the state's resources is no object.");
      }
      readResource();
    }
  }

  private void readResource() throws IOException {
    String module = ROOT;
    String mode = "";
    String type = "";
    String name = "";
    String provider = "";
    int count = 0;
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      tokens.nextToken();
      switch (field) {
        case "module" -> module = tokens.getValueAsString(ROOT);
        case "mode" -> mode = tokens.getValueAsString("");
        case "type" -> type = tokens.getValueAsString("");
        case "name" -> name = tokens.getValueAsString("");
        case "provider" -> provider = tokens.getValueAsString("");
        case "instances" -> count = countElements();
        default -> tokens.skipChildren();
      }
    }
    resources.add(
        new ParsedState.Resource(mode, type, name, module, providerSource(provider), count));
  }

  private int countElements() throws IOException {
    if (tokens.currentToken() != JsonToken.START_ARRAY) {
      tokens.skipChildren();
      return 0;
    }
    int count = 0;
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      if (tokens.currentToken() == null) {
        throw invalid("The state breaks off before its end.");
      }
      tokens.skipChildren();
      count++;
    }
    return count;
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

  private static Fault.Invalid invalid(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, null)));
  }
}
