package io.terrarium.atlas.ui.frame;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields that a browser sends with a form.
public final class Form {
  /// The token that each form of a signed-in person carries.
  public static final String TOKEN = "authenticity_token";

  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final String LIST = "[]";
  private static final String RELATIONSHIPS = "relationships.";
  private static final int FIELDS_MAX = 1_000;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /// One that nobody has filled in yet, with what stands in its fields already.
  public static Form showing(Map<String, String> texts) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    texts.forEach((name, text) -> fields.put(name, List.of(text)));
    return new Form(fields);
  }

  /// @throws Fault.BadRequest when the body is no form
  public static Form of(Call call) {
    byte[] body = call.body();
    if (body.length == 0) {
      return new Form(Map.of());
    }
    if (!call.header("Content-Type").orElse("").startsWith(TYPE)) {
      throw new Fault.BadRequest("A form of a browser is expected here.");
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String[] pairs = new String(body, StandardCharsets.UTF_8).split("&", -1);
    if (pairs.length > FIELDS_MAX) {
      throw new Fault.BadRequest("The form has more than " + FIELDS_MAX + " fields.");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Form(fields);
  }

  private static String decoded(String text) {
    String value;
    try {
      value = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Fault.BadRequest("The form is not encoded as forms are.");
    }
    if (value.indexOf('\0') >= 0) {
      throw new Fault.BadRequest("The form holds the character U+0000, which is not text.");
    }
    // Browsers end the lines of text areas in the way of the network.
    return value.replace("\r\n", "\n");
  }

  /// What is in the field, without blanks around it; "" where there is none.
  public String text(String name) {
    return raw(name).strip();
  }

  /// The same with its blanks, as passwords want it.
  public String raw(String name) {
    return fields.getOrDefault(name, List.of("")).getFirst();
  }

  /// Empty where there is nothing but blanks.
  public Optional<String> find(String name) {
    return Optional.of(text(name)).filter(text -> !text.isEmpty());
  }

  /// Whether the box is ticked.
  public boolean isTicked(String name) {
    return fields.containsKey(name);
  }

  /// Whether the box is ticked that has a hidden field before it, which says `false`.
  public boolean isOn(String name) {
    return fields.getOrDefault(name, List.of("")).getLast().equals("true");
  }

  /// The fields as the attributes of a resource, so that what people fill in and what clients send
  /// is read, and refused, in one way. Of a field that comes several times the last counts, since
  /// before a box stands a hidden field that says `false`; one whose name ends in `[]` has a text
  /// in each line; `a.b` is `b` within `a`, and `relationships.a` the id of what `a` names.
  public Incoming resource() {
    return resource(Set.of());
  }

  /// @param asTyped names of the fields that keep the blanks around what is in them
  public Incoming resource(Set<String> asTyped) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ObjectNode attributes = data.putObject("attributes");
    fields.forEach((name, values) -> {
      String last = values.getLast();
      int dot = name.indexOf('.');
      if (name.endsWith(LIST)) {
        ArrayNode list = attributes.putArray(name.substring(0, name.length() - LIST.length()));
        last.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(list::add);
      } else if (name.startsWith(RELATIONSHIPS)) {
        String named = name.substring(RELATIONSHIPS.length());
        data.withObjectProperty("relationships")
            .withObjectProperty(named)
            .putObject("data")
            .put("id", last.strip());
      } else if (dot > 0) {
        inner(attributes, name.substring(0, dot)).put(name.substring(dot + 1), last.strip());
      } else if (!name.equals(TOKEN)) {
        attributes.put(name, asTyped.contains(name) ? last : last.strip());
      }
    });
    return Incoming.within(data, "/data");
  }

  /// A field of that name may be there as well, in a form that is none of ours.
  private static ObjectNode inner(ObjectNode attributes, String name) {
    return attributes.get(name) instanceof ObjectNode object ? object : attributes.putObject(name);
  }

  /// The same form with another text in a field.
  public Form with(String name, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(fields);
    changed.put(name, List.of(value));
    return new Form(changed);
  }

  /// The same form with what stood in those fields that were not sent.
  public Form over(Form before) {
    Map<String, List<String>> all = new LinkedHashMap<>(before.fields);
    all.putAll(fields);
    return new Form(all);
  }

  /// The same form as if a field were not there.
  public Form without(String name) {
    Map<String, List<String>> changed = new LinkedHashMap<>(fields);
    changed.remove(name);
    return new Form(changed);
  }

  public List<String> all(String name) {
    return List.copyOf(fields.getOrDefault(name, List.of()));
  }
}
