package io.terrarium.core.sshkey;

import java.util.Optional;

/// The text of a private key, as ssh reads it from a file. Whether it is one is for ssh to say, as
/// in the real product: the API takes any text.
public final class PrivateKeyText {
  private static final int CHARACTERS_MAX = 64 * 1024;

  private PrivateKeyText() {}

  /// With the line ends that ssh wants, and one at its end.
  public static String normalized(String text) {
    return text.replace("\r\n", "\n").strip() + "\n";
  }

  /// What is wrong with it, if anything is.
  public static Optional<String> problem(String text) {
    if (text.isBlank()) {
      return Optional.of("Value can't be blank");
    }
    return text.length() > CHARACTERS_MAX
        ? Optional.of("Value must have at most " + CHARACTERS_MAX + " characters")
        : Optional.empty();
  }
}
