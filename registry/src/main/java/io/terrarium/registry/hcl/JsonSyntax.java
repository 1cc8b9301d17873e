package io.terrarium.registry.hcl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a file in the JSON syntax. What is a block there, and how many labels it has, stands not
/// in the file: it is known of the blocks that make a module what it is, and others are left out.
public final class JsonSyntax {
  private static final JsonFactory JSON = new JsonFactory();

  /// A property of this name is a comment.
  private static final String COMMENT = "//";

  private static final Map<String, Integer> LABELS =
      Map.of(
          "terraform",
          0,
          "variable",
          1,
          "output",
          1,
          "module",
          1,
          "provider",
          1,
          "resource",
          2,
          "data",
          2,
          "ephemeral",
          2);

  private static final int DEPTH_MAX = 250;

  /// Each costs many times its text in memory.
  private static final int VALUES_MAX = 100_000;

  private final String file;
  private int values;

  private JsonSyntax(String file) {
    this.file = file;
  }

  /// @throws HclFault when it is no JSON, or none that Terraform takes
  public static Body read(String file, String text) {
    return new JsonSyntax(file).read(text);
  }

  /// A value with the line that it begins in; an object may have a name twice.
  private sealed interface Node {
    int line();

    record Members(int line, List<Map.Entry<String, Node>> all) implements Node {}

    record Values(int line, List<Node> all) implements Node {}

    record Scalar(int line, JsonNode json) implements Node {}
  }

  private Body read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Node root = node(parser);
      if (parser.nextToken() != null) {
        throw fault(parser.currentTokenLocation().getLineNr(), "something follows the JSON");
      }
      List<Block> blocks = new ArrayList<>();
      for (Map.Entry<String, Node> member : objects(root)) {
        Integer labels = LABELS.get(member.getKey());
        if (labels != null) {
          blocks(member.getKey(), member.getValue(), labels, List.of(), blocks);
        }
      }
      return new Body(Map.of(), blocks);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      // Where the value began is told with words of the reader's own.
      String what =
          e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start m.*", "");
      throw fault(line, "this is no JSON: " + what);
    } catch (IOException e) {
      throw new UncheckedIOException("a text is always there", e);
    }
  }

  private HclFault fault(int line, String what) {
    return new HclFault(file, line, what);
  }

  private Node node(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    int line = parser.currentTokenLocation().getLineNr();
    if (parser.getParsingContext().getNestingDepth() > DEPTH_MAX) {
      throw fault(line, "this is nested more than %d levels deep".formatted(DEPTH_MAX));
    }
    if (++values > VALUES_MAX) {
      throw fault(line, "the file has more than %d values".formatted(VALUES_MAX));
    }
    if (token == JsonToken.START_OBJECT) {
      List<Map.Entry<String, Node>> members = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = kept(parser.currentName());
        parser.nextToken();
        members.add(Map.entry(name, node(parser)));
      }
      return new Node.Members(line, members);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(node(parser));
      }
      return new Node.Values(line, values);
    }
    return new Node.Scalar(line, scalar(parser, line));
  }

  private JsonNode scalar(JsonParser parser, int line) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw fault(line, "the file ends before its JSON does");
    }
    return switch (token) {
      case VALUE_TRUE, VALUE_FALSE -> Constant.NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> Constant.NODES.nullNode();
      case VALUE_NUMBER_INT -> Constant.NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> Constant.NODES.numberNode(parser.getDecimalValue());
      default -> Constant.NODES.textNode(kept(parser.getText()));
    };
  }

  /// PostgreSQL keeps no NUL.
  private static String kept(String text) {
    return text.replace('\0', '\uFFFD');
  }

  /// Goes down through the labels; wherever an object may stand, a list of them may.
  private void blocks(
      String type, Node node, int labelsLeft, List<String> labels, List<Block> blocks) {
    if (node instanceof Node.Values(int _, List<Node> all)) {
      all.forEach(one -> blocks(type, one, labelsLeft, labels, blocks));
    } else if (labelsLeft > 0) {
      for (Map.Entry<String, Node> member : objects(node)) {
        List<String> more = new ArrayList<>(labels);
        more.add(member.getKey());
        blocks(type, member.getValue(), labelsLeft - 1, more, blocks);
      }
    } else {
      blocks.add(new Block(file, node.line(), type, labels, body(type, node)));
    }
  }

  private Body body(String type, Node node) {
    Map<String, Expression> attributes = new LinkedHashMap<>();
    List<Block> blocks = new ArrayList<>();
    for (Map.Entry<String, Node> member : objects(node)) {
      if (type.equals("terraform") && member.getKey().equals("required_providers")) {
        blocks(member.getKey(), member.getValue(), 0, List.of(), blocks);
      } else {
        attributes.put(member.getKey(), expression(member.getValue()));
      }
    }
    return new Body(attributes, blocks);
  }

  private List<Map.Entry<String, Node>> objects(Node node) {
    return switch (node) {
      case Node.Members(int _, List<Map.Entry<String, Node>> all) ->
          all.stream().filter(member -> !member.getKey().equals(COMMENT)).toList();
      case Node.Values(int _, List<Node> all) ->
          all.stream().flatMap(one -> objects(one).stream()).toList();
      case Node.Scalar(int line, JsonNode json) when !json.isNull() ->
          throw fault(line, "an object must stand here, not %s".formatted(json));
      case Node.Scalar _ -> List.of();
    };
  }

  /// A string as it is written, all else as JSON. Where a configuration is described, Terraform
  /// takes strings as they are, with no template in them.
  private static Expression expression(Node node) {
    JsonNode json = json(node);
    return Expression.of(json.isTextual() ? json.textValue() : json.toString(), Constant.of(json));
  }

  private static JsonNode json(Node node) {
    return switch (node) {
      case Node.Scalar(int _, JsonNode json) -> json;
      case Node.Values(int _, List<Node> all) -> {
        ArrayNode values = Constant.NODES.arrayNode();
        all.forEach(one -> values.add(json(one)));
        yield values;
      }
      case Node.Members(int _, List<Map.Entry<String, Node>> all) -> {
        ObjectNode members = Constant.NODES.objectNode();
        all.forEach(member -> members.set(member.getKey(), json(member.getValue())));
        yield members;
      }
    };
  }
}
