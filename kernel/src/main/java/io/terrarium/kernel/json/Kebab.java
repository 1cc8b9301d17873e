package io.terrarium.kernel.json;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Constants as JSON:API writes them: `READ_OUTPUTS` is `read-outputs`.
public final class Kebab {
  private Kebab() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Empty where no constant is written so.
  public static <E extends Enum<E>> Optional<E> read(String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(text))
        .findFirst();
  }

  /// All of them, to be read by people.
  public static <E extends Enum<E>> String list(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Kebab::of).collect(Collectors.joining(", "));
  }
}
