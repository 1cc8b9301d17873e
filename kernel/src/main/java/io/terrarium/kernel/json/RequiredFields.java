package io.terrarium.kernel.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which fields of a payload between services are missing: every component of its record that is
/// not `@Nullable` must be there, in the records within it too.
public final class RequiredFields {
  private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private RequiredFields() {}

  /// The paths of what `json` lacks, such as `limits.cpus`.
  ///
  /// @param value as it was read from `json`
  public static List<String> missing(JsonNode json, Object value) {
    List<String> missing = new ArrayList<>();
    collect(json, value, "", missing);
    return missing;
  }

  private static void collect(JsonNode json, Object value, String prefix, List<String> missing) {
    if (value instanceof List<?> list && json.isArray()) {
      for (int i = 0; i < Math.min(list.size(), json.size()); i++) {
        collectWithin(json.get(i), list.get(i), prefix + i + ".", missing);
      }
    }
    // An id is a record too, but stands as a string in the JSON.
    if (!(value instanceof Record) || !json.isObject()) {
      return;
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String name = name(component);
      JsonNode field = json.path(name);
      boolean isGiven = !field.isMissingNode() && !field.isNull();
      if (isGiven) {
        collectWithin(field, read(component, value), prefix + name + ".", missing);
      } else if (isRequired(component)) {
        missing.add(prefix + name);
      }
    }
  }

  private static void collectWithin(
      JsonNode json, @Nullable Object value, String prefix, List<String> missing) {
    if (value != null) {
      collect(json, value, prefix, missing);
    }
  }

  private static boolean isRequired(RecordComponent component) {
    // A node of JSON may be JSON's null itself.
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && component.getType() != Optional.class
        && !JsonNode.class.isAssignableFrom(component.getType());
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null || given.value().isEmpty()
        ? SNAKE.translate(component.getName())
        : given.value();
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor failed: " + component, e);
    }
  }
}
