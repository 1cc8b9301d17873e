package io.terrarium.core.team;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.json.Kebab;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A level of access other than custom: what it allows is not to be chosen.
final class FixedLevel {
  private FixedLevel() {}

  /// @param path to the attributes of what is chosen
  /// @param fixed what the level allows
  /// @throws Fault.Invalid naming each attribute by which `chosen` differs, in the words of the
  ///   real product
  static <P extends Record> void check(Enum<?> level, String path, P fixed, P chosen) {
    List<Fault.Problem> problems = new ArrayList<>();
    for (RecordComponent kind : fixed.getClass().getRecordComponents()) {
      if (!value(kind, fixed).equals(value(kind, chosen))) {
        problems.add(
            new Fault.Problem(
                words(kind, " ")
                    + " is read-only when access level is '"
                    + Kebab.of(level)
                    + "'; use the 'custom' access level to set this attribute.",
                "/data/attributes/" + path + words(kind, "-").toLowerCase(Locale.ROOT)));
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  /// `stateVersions` is "State versions".
  private static String words(RecordComponent kind, String gap) {
    String words = kind.getName().replaceAll("([A-Z])", gap + "$1").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static Object value(RecordComponent kind, Record permissions) {
    try {
      return kind.getAccessor().invoke(permissions);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("permissions are public records", e);
    }
  }
}
