package io.terrarium.atlas.api.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The picture of a person, where the real product has it: at Gravatar, by their address. Nothing
/// here fetches it.
public final class Avatar {
  private Avatar() {}

  public static String of(String email) {
    try {
      // Gravatar's own way to name addresses.
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] name = email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      return "https://www.gravatar.com/avatar/"
          + HexFormat.of().formatHex(md5.digest(name))
          + "?s=100&d=mm";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
