package io.terrarium.core.sshkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a private key, as ssh reads it from a file.
final class PrivateKeyText {
  private static final int CHARACTERS_MAX = 64 * 1024;
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----\n(.+?)\n-----END \\1-----", Pattern.DOTALL);
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\n]+={0,2}\n?");

  /// How OpenSSH's own format begins; the name of the cipher follows, its length before it.
  private static final byte[] OPENSSH = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  private PrivateKeyText() {}

  /// With the line ends that ssh wants, and one at its end.
  static String normalized(String text) {
    return text.replace("\r\n", "\n").strip() + "\n";
  }

  /// What is wrong with it, if anything is.
  static Optional<String> problem(String text) {
    if (text.isBlank()) {
      return Optional.of("Value can't be blank");
    }
    if (text.length() > CHARACTERS_MAX) {
      return Optional.of("Value must have at most " + CHARACTERS_MAX + " characters");
    }
    Matcher pem = PEM.matcher(normalized(text).strip());
    if (!pem.matches()) {
      return Optional.of("Value must be a private key in PEM format");
    }
    if (isProtected(pem.group(1), pem.group(2))) {
      return Optional.of("Value must be a private key without a passphrase");
    }
    return BASE64.matcher(pem.group(2)).matches()
        ? Optional.empty()
        : Optional.of("Value must be a private key in PEM format");
  }

  private static boolean isProtected(String label, String body) {
    if (label.startsWith("ENCRYPTED") || body.contains("Proc-Type:")) {
      return true;
    }
    return label.startsWith("OPENSSH")
        && cipher(body).filter(name -> !name.equals("none")).isPresent();
  }

  private static Optional<String> cipher(String body) {
    byte[] key;
    try {
      key = Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int at = OPENSSH.length;
    if (key.length < at + Integer.BYTES || !Arrays.equals(key, 0, at, OPENSSH, 0, at)) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(key).getInt(at);
    int start = at + Integer.BYTES;
    return length < 0 || length > key.length - start
        ? Optional.empty()
        : Optional.of(new String(key, start, length, StandardCharsets.US_ASCII));
  }
}
