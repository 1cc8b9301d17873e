package io.terrarium.core.registry;

import java.util.regex.Pattern;

/// What a version of a module or a provider may be called: as Semantic Versioning has it.
public final class VersionNumber {
  private static final Pattern VERSION =
      Pattern.compile("\\d{1,18}\\.\\d{1,18}\\.\\d{1,18}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
  private static final int CHARACTERS_MAX = 255;

  private VersionNumber() {}

  public static boolean isValid(String text) {
    return text.length() <= CHARACTERS_MAX && VERSION.matcher(text).matches();
  }
}
