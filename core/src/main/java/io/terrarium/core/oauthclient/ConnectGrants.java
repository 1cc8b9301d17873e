package io.terrarium.core.oauthclient;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Signs the links by which people go and connect a host. Browsers hold no token of ours, so the
/// link itself says that somebody who may do so has asked for it, for one connection and for an
/// hour. Its key is derived from the site's root secret for this one purpose.
public final class ConnectGrants {
  private static final String PURPOSE = "terrarium oauth connect v1";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Pattern GRANT = Pattern.compile("(\\d{1,12})\\.([0-9a-f]{64})");

  private final Mac mac;

  private ConnectGrants(Mac mac) {
    this.mac = mac;
  }

  public static ConnectGrants of(Secret rootSecret) {
    return new ConnectGrants(Mac.sha256(Mac.key(rootSecret, PURPOSE)));
  }

  /// The link of the connection whose callback has `uuid`.
  String path(String uuid, Instant now) {
    long expires = now.plus(LIFETIME).getEpochSecond();
    return OauthLogins.path(uuid) + "?grant=" + expires + "." + hex("grant", uuid + "." + expires);
  }

  /// Takes the same time whatever the difference.
  boolean allows(String uuid, String grant, Instant now) {
    Matcher parts = GRANT.matcher(grant);
    return parts.matches()
        && mac.verify(
            text("grant", uuid + "." + parts.group(1)), HexFormat.of().parseHex(parts.group(2)))
        && now.getEpochSecond() < Long.parseLong(parts.group(1));
  }

  /// What is kept of a secret that a browser has.
  String digest(String kind, String secret) {
    return hex(kind, secret);
  }

  /// Takes the same time whatever the difference.
  boolean proves(String kind, String secret, String digest) {
    return mac.verify(text(kind, secret), HexFormat.of().parseHex(digest));
  }

  private String hex(String kind, String text) {
    return HexFormat.of().formatHex(mac.sign(text(kind, text)));
  }

  /// So that nothing that was signed for one purpose is good for another.
  private static String text(String kind, String text) {
    return kind + ":" + text;
  }
}
