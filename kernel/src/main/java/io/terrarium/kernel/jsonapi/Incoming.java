package io.terrarium.kernel.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.json.Kebab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The resource that a client sends. Reading an attribute of a wrong kind is noted; [#check] then
/// reports all of them together.
public final class Incoming {
  private static final String BODY = "/data";
  private static final String ATTRIBUTES = "/attributes/";

  private final JsonNode data;
  private final String pointer;
  private final String attributes;
  private final List<Fault.Problem> problems;

  private Incoming(JsonNode data, String pointer) {
    this(data, pointer, pointer + ATTRIBUTES, new ArrayList<>());
  }

  /// @param pointer to the resource
  /// @param attributes pointer to its attributes
  private Incoming(JsonNode data, String pointer, String attributes, List<Fault.Problem> problems) {
    this.data = data;
    this.pointer = pointer;
    this.attributes = attributes;
    this.problems = problems;
  }

  /// Reads the body; its `type` may be empty, since some clients send none.
  public static Incoming of(Call call, String type) {
    return of(call, Set.of(type));
  }

  /// The same where a type has several names.
  public static Incoming of(Call call, Set<String> types) {
    JsonNode data =
        call.tree()
            .map(tree -> tree.path("data"))
            .filter(JsonNode::isObject)
            .orElseThrow(
                () -> new Fault.BadRequest("The body must be a JSON:API document with `data`."));
    String sent = data.path("type").asText("");
    if (!sent.isEmpty() && !types.contains(sent)) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "The type must be \""
                      + String.join("\" or \"", new TreeSet<>(types))
                      + "\", not \""
                      + sent
                      + "\".",
                  "/data/type")));
    }
    return new Incoming(data, BODY);
  }

  /// Reads a body that may be missing altogether.
  public static Incoming ofOptional(Call call, String type) {
    return call.tree().isEmpty() ? new Incoming(MissingNode.getInstance(), BODY) : of(call, type);
  }

  /// Reads a resource that is a part of the body.
  ///
  /// @param pointer to it
  public static Incoming within(JsonNode data, String pointer) {
    return new Incoming(data, pointer);
  }

  public boolean has(String attribute) {
    return data.path("attributes").has(attribute);
  }

  public Patch<String> text(String attribute) {
    return Patch.of(
        node(attribute),
        node -> {
          if (!node.isTextual()) {
            problem(attribute, "must be a text");
          }
          return node.asText();
        });
  }

  /// One of the constants, as [Kebab] writes them.
  public <E extends Enum<E>> Patch<E> choice(String attribute, Class<E> type) {
    return Patch.of(
        node(attribute),
        node ->
            Kebab.read(node.asText(), type)
                .orElseGet(() -> {
                  problem(attribute, "must be one of " + Kebab.list(type));
                  return type.getEnumConstants()[0];
                }));
  }

  /// The attributes inside an attribute that is an object; what is wrong there is noted here.
  public Incoming nested(String attribute) {
    JsonNode inner = data.path("attributes").path(attribute);
    if (!inner.isObject() && !inner.isMissingNode() && !inner.isNull()) {
      problem(attribute, "must be an object");
    }
    ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
    wrapped.set("attributes", inner.isObject() ? inner : MissingNode.getInstance());
    return new Incoming(wrapped, pointer, attributes + attribute + "/", problems);
  }

  public Patch<Boolean> flag(String attribute) {
    return Patch.of(
        node(attribute),
        node -> {
          if (!node.isBoolean() && !node.asText().matches("true|false")) {
            problem(attribute, "must be true or false");
          }
          return node.asBoolean();
        });
  }

  public Patch<Long> number(String attribute) {
    return Patch.of(
        node(attribute),
        node -> {
          if (!isWhole(node)) {
            problem(attribute, "must be a whole number");
          }
          return node.asLong();
        });
  }

  private static boolean isWhole(JsonNode node) {
    return node.canConvertToLong() || node.asText().matches("-?\\d{1,18}");
  }

  /// A whole number within bounds, both of which are allowed; where it is not, what is returned
  /// means nothing.
  public Patch<Long> number(String attribute, long least, long most) {
    return Patch.of(
        node(attribute),
        node -> {
          long number = isWhole(node) ? node.asLong() : least - 1;
          if (number < least || number > most) {
            problem(attribute, "must be a whole number from " + least + " to " + most);
          }
          return number;
        });
  }

  public Patch<List<String>> texts(String attribute) {
    return Patch.of(
        node(attribute),
        node -> {
          List<String> texts = new ArrayList<>();
          if (!node.isArray()) {
            problem(attribute, "must be a list of texts");
          }
          node.forEach(element -> texts.add(element.asText()));
          return List.copyOf(texts);
        });
  }

  /// The attribute as it is.
  public Optional<JsonNode> tree(String attribute) {
    return Optional.ofNullable(node(attribute)).filter(node -> !node.isNull());
  }

  /// The id of a to-one relationship.
  public Optional<String> relationship(String name) {
    JsonNode id = data.path("relationships").path(name).path("data").path("id");
    return id.isTextual() ? Optional.of(id.asText()) : Optional.empty();
  }

  /// What a client names: a bare resource.
  public record Named(String type, String id) {}

  /// The other end of a to-one relationship that may be of several types.
  public Optional<Named> named(String name) {
    JsonNode sent = data.path("relationships").path(name).path("data");
    return sent.isObject()
        ? Optional.of(new Named(sent.path("type").asText(""), sent.path("id").asText("")))
        : Optional.empty();
  }

  /// The elements of a to-many relationship.
  public List<JsonNode> relationships(String name) {
    List<JsonNode> elements = new ArrayList<>();
    data.path("relationships").path(name).path("data").forEach(elements::add);
    return elements;
  }

  /// The elements of a to-many relationship, if it was given at all.
  public Optional<List<JsonNode>> relationshipsGiven(String name) {
    JsonNode sent = data.path("relationships").path(name).path("data");
    if (sent.isMissingNode()) {
      return Optional.empty();
    }
    if (!sent.isArray()) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "The relationship " + name + " must be a list",
                  pointer + "/relationships/" + name + "/data")));
    }
    return Optional.of(relationships(name));
  }

  /// Notes what is wrong with an attribute.
  public void problem(String attribute, String detail) {
    problems.add(
        new Fault.Problem(
            capitalized(attribute.replace('-', ' ')) + " " + detail, attributes + attribute));
  }

  /// Throws if anything was noted.
  public void check() {
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  private @Nullable JsonNode node(String attribute) {
    return data.path("attributes").get(attribute);
  }

  private static String capitalized(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
