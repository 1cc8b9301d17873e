package io.terrarium.kernel.database;

import io.terrarium.kernel.tls.Trust;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What `TFE_DATABASE_PARAMETERS` says (`sslmode=verify-full&sslrootcert=/ca.pem`), for
/// PostgreSQL's driver. Taken are the keywords of libpq that the driver knows as well; anything
/// else is refused, since the driver also knows some that make it load classes and write files.
public final class ConnectionParameters {
  /// Keyword of libpq, and the driver's name for it.
  private static final Map<String, String> NAMES =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "sslnegotiation", "sslNegotiation",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "connect_timeout", "connectTimeout");

  /// The product's own choice; `prefer` and `allow` protect from nobody.
  private static final Set<String> SSL_MODES =
      Set.of("disable", "require", "verify-ca", "verify-full");

  private ConnectionParameters() {}

  /// What is wrong with `text`, if anything is.
  public static Optional<String> problem(String text) {
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (equals < 0 || part.length() == equals + 1) {
        return Optional.of("must be keyword=value&keyword=value, such as sslmode=require");
      }
      if (!NAMES.containsKey(name)) {
        return Optional.of(
            "has the unknown keyword "
                + name
                + "; known are "
                + String.join(", ", new TreeSet<>(NAMES.keySet())));
      }
      if (name.equals("sslmode") && !SSL_MODES.contains(part.substring(equals + 1))) {
        return Optional.of("must have an sslmode of require, verify-full, verify-ca or disable");
      }
    }
    // The driver takes a client's certificate only together with a file of authorities.
    boolean showsItself = text.contains("sslcert=") || text.contains("sslkey=");
    return showsItself && text.contains("sslmode=verify-") && !text.contains("sslrootcert=")
        ? Optional.of("must have an sslrootcert beside sslcert and sslkey")
        : Optional.empty();
  }

  /// As the driver wants them. A server whose certificate is to be verified by no file of its own
  /// is verified by `trust`.
  static Map<String, String> of(String text, Trust trust) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      properties.put(NAMES.getOrDefault(part.substring(0, equals), ""), part.substring(equals + 1));
    }
    if (properties.getOrDefault("sslmode", "").startsWith("verify-")
        && !properties.containsKey("sslrootcert")) {
      properties.put("sslfactory", TrustedSockets.class.getName());
      properties.put("sslfactoryarg", trust.pem());
    }
    return properties;
  }
}
