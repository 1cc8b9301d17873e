package io.terrarium.slugingress.slug;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.IngressFault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Which names the things in a repository may have. Git's objects can hold any bytes for a name; a
/// directory cannot.
final class Names {
  private static final int BYTES_MAX = 255;
  private static final int SHOWN_CHARACTERS_MAX = 100;

  private Names() {}

  /// The name as text.
  ///
  /// @param directory that it is in, "" or with a slash at its end
  /// @throws IngressFault when no file can be called so
  static String checked(byte[] name, String directory) {
    if (name.length > BYTES_MAX) {
      throw unusable(directory, lenient(name), "is longer than " + BYTES_MAX + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      throw unusable(directory, lenient(name), "is not UTF-8");
    }
    if (text.isEmpty() || text.equals(".") || text.equals("..") || text.contains("/")) {
      throw unusable(directory, text, "is the name of no file");
    }
    if (text.toLowerCase(Locale.ROOT).equals(".git")) {
      throw unusable(directory, text, "is Git's own");
    }
    // Nothing on this system, but a way out on one that takes the other slash too.
    if (Arrays.asList(text.split("\\\\", -1)).contains("..")) {
      throw unusable(directory, text, "leads elsewhere on some systems");
    }
    return text;
  }

  static IngressFault unusable(String directory, String name, String why) {
    String path = (directory + name).replaceAll("(?U)\\p{Cntrl}", "?");
    String shown =
        path.length() <= SHOWN_CHARACTERS_MAX
            ? path
            : path.substring(0, SHOWN_CHARACTERS_MAX) + "…";
    return new IngressFault(
        Reason.UNUSABLE_NAME, "The repository holds \"" + shown + "\", whose name " + why + ".");
  }

  private static String lenient(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
