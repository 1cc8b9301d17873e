package io.terrarium.core.stateversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.stateversion.StateDifference.Attribute;
import io.terrarium.core.stateversion.StateDifference.Change;
import io.terrarium.core.stateversion.StateDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds which values of an instance are other than before, however deep they stand. Of what is
/// sensitive it says that it has changed, and neither value.
final class AttributeChanges {
  static final int ATTRIBUTES_MAX = 100;
  static final int VALUE_CHARACTERS_MAX = 500;

  private final List<Attribute> found = new ArrayList<>();
  private boolean isCut;

  private AttributeChanges() {}

  static Change between(StateEntry before, StateEntry after) {
    AttributeChanges changes = new AttributeChanges();
    for (String name : names(before.attributes(), after.attributes())) {
      changes.compare(
          name,
          before.attribute(name),
          after.attribute(name),
          before.hides(name) || after.hides(name));
    }
    return new Change(Kind.CHANGED, after.address(), changes.found, changes.isCut);
  }

  private void compare(String path, JsonNode before, JsonNode after, boolean isHidden) {
    if (before.equals(after) || isCut) {
      return;
    }
    if (isHidden) {
      add(new Attribute(path, null, null, true));
    } else if (before.isObject() && after.isObject()) {
      for (String name : names(before, after)) {
        compare(path + "." + name, before.path(name), after.path(name), StateEntry.isSecret(name));
      }
    } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < after.size(); i++) {
        compare(path + "[" + i + "]", before.path(i), after.path(i), false);
      }
    } else if (holdsSecret(before) || holdsSecret(after)) {
      add(new Attribute(path, null, null, true));
    } else {
      add(new Attribute(path, text(before), text(after), false));
    }
  }

  private void add(Attribute attribute) {
    if (found.size() == ATTRIBUTES_MAX) {
      isCut = true;
    } else {
      found.add(attribute);
    }
  }

  private static boolean holdsSecret(JsonNode value) {
    return value
            .propertyStream()
            .anyMatch(field -> StateEntry.isSecret(field.getKey()) || holdsSecret(field.getValue()))
        || (value.isArray() && value.valueStream().anyMatch(AttributeChanges::holdsSecret));
  }

  private static NavigableSet<String> names(JsonNode before, JsonNode after) {
    NavigableSet<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    String text = value.isTextual() ? value.textValue() : value.toString();
    return text.length() <= VALUE_CHARACTERS_MAX
        ? text
        : text.substring(0, VALUE_CHARACTERS_MAX) + "…";
  }
}
