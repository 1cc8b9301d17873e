package io.terrarium.registry.version;

import io.terrarium.kernel.Fault;
import java.util.regex.Pattern;

/// What names in an offer must be like to be parts of a path.
public final class OfferedNames {
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,128}");

  private OfferedNames() {}

  public static void requireNames(String... names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new Fault.BadRequest(
            "\"%s\" is no name that a registry can serve: it takes letters, digits, - and _."
                .formatted(name));
      }
    }
  }

  public static void requireVersion(String version) {
    if (SemanticVersion.parse(version).isEmpty()) {
      throw new Fault.BadRequest(
          "\"%s\" is no semantic version, such as 1.2.0 or 1.2.0-beta.1.".formatted(version));
    }
  }
}
