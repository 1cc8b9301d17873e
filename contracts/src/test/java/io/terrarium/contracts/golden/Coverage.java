package io.terrarium.contracts.golden;

import io.terrarium.contracts.id.Id;
import io.terrarium.kernel.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What there is to be seen in payloads: each record, each constant of the enums in them, and what
/// may be absent, both there and absent.
final class Coverage {
  private Coverage() {}

  /// All that payloads of `type` can show.
  static Set<String> of(Class<?> type) {
    Set<String> facets = new TreeSet<>();
    facets.add(name(type));
    for (RecordComponent component : type.getRecordComponents()) {
      constants(component)
          .forEach(constant -> facets.add(name(constant.getDeclaringClass()) + " " + constant));
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        facets.add(presence(component, true));
        facets.add(presence(component, false));
      }
    }
    return facets;
  }

  /// Those of an enum, or of a list of them.
  private static List<Enum<?>> constants(RecordComponent component) {
    Object type =
        component.getGenericType() instanceof ParameterizedType many
                && many.getRawType() == List.class
            ? many.getActualTypeArguments()[0]
            : component.getType();
    return type instanceof Class<?> one && one.isEnum()
        ? Stream.of(one.getEnumConstants()).<Enum<?>>map(constant -> (Enum<?>) constant).toList()
        : List.of();
  }

  /// Adds what `value` shows to `facets`.
  static void collect(@Nullable Object value, Set<String> facets) {
    switch (value) {
      case Collection<?> many -> many.forEach(one -> collect(one, facets));
      case Object[] many -> collect(List.of(many), facets);
      case Map<?, ?> map -> collect(map.values(), facets);
      case Enum<?> constant -> facets.add(name(constant.getDeclaringClass()) + " " + constant);
      case Record data when !(data instanceof Id || data instanceof Secret) ->
          collectRecord(data, facets);
      case null, default -> {}
    }
  }

  private static void collectRecord(Record data, Set<String> facets) {
    facets.add(name(data.getClass()));
    for (RecordComponent component : data.getClass().getRecordComponents()) {
      Object value = read(component, data);
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        facets.add(presence(component, value != null));
      }
      collect(value, facets);
    }
  }

  private static String presence(RecordComponent component, boolean present) {
    return name(component.getDeclaringRecord())
        + "."
        + component.getName()
        + (present ? " given" : " absent");
  }

  private static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  private static @Nullable Object read(RecordComponent component, Record data) {
    try {
      return component.getAccessor().invoke(data);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor failed: " + component, e);
    }
  }
}
