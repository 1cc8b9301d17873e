package io.terrarium.core.token;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import java.util.HexFormat;

/// The keyed hash of a token's secret. Its key is derived from the site's root secret for this one
/// purpose, so that nothing else which knows the root's other keys can forge a token.
public final class TokenDigest {
  private static final String PURPOSE = "terrarium api token digest v1";

  private final Mac mac;

  private TokenDigest(Mac mac) {
    this.mac = mac;
  }

  public static TokenDigest of(Secret rootSecret) {
    return new TokenDigest(Mac.sha512(Mac.key(rootSecret, PURPOSE)));
  }

  String of(ClearToken token) {
    return HexFormat.of().formatHex(mac.sign(token.secret().value()));
  }

  /// Takes the same time whatever the difference.
  boolean proves(ClearToken token, String digest) {
    return mac.verify(token.secret().value(), HexFormat.of().parseHex(digest));
  }
}
