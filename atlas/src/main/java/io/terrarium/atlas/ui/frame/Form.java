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

/// The fields that a browser sends with a form.
public final class Form {
  /// The token that each form of a signed-in person carries.
  public static final String TOKEN = "authenticity_token";

  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final String LIST = "[]";
  private static final int FIELDS_MAX = 1_000;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
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

  /// The fields as the attributes of a resource, so that what people fill in and what clients send
  /// is read, and refused, in one way. Of a field that comes several times the last counts, since
  /// before a box stands a hidden field that says `false`; one whose name ends in `[]` has a text
  /// in each line.
  public Incoming resource() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ObjectNode attributes = data.putObject("attributes");
    fields.forEach((name, values) -> {
      if (name.endsWith(LIST)) {
        ArrayNode list = attributes.putArray(name.substring(0, name.length() - LIST.length()));
        values
            .getLast()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .forEach(list::add);
      } else if (!name.equals(TOKEN)) {
        attributes.put(name, values.getLast().strip());
      }
    });
    return Incoming.within(data, "/data");
  }

  public List<String> all(String name) {
    return List.copyOf(fields.getOrDefault(name, List.of()));
  }
}
