package io.terrarium.contracts.archivist;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes and reads signed paths, `/_archivist/v1/object/<claims>.<mac>`. The caller puts the public
/// or the internal address before them. The first key signs; all of them verify, so that
/// `archivist_token` can be changed without breaking what is under way.
public final class SignedPaths {
  public static final String PREFIX = "/_archivist/v1/object/";

  private final List<Mac> macs;

  public SignedPaths(List<Mac> macs) {
    if (macs.isEmpty()) {
      throw new IllegalArgumentException("at least one key must be given");
    }
    this.macs = List.copyOf(macs);
  }

  public String sign(ObjectClaims claims) {
    String payload = encode(claims);
    return PREFIX + payload + "." + encode(macs.getFirst().sign(payload));
  }

  /// The claims of `token`, the part behind [#PREFIX]; empty when it was not signed by us. Whether
  /// they have expired is for the caller to say.
  public Optional<ObjectClaims> read(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String payload = token.substring(0, dot);
    try {
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (macs.stream().noneMatch(mac -> mac.verify(payload, signature))) {
        return Optional.empty();
      }
      return Optional.of(
          Json.SNAKE.readValue(Base64.getUrlDecoder().decode(payload), ObjectClaims.class));
    } catch (IllegalArgumentException | IOException notOurs) {
      return Optional.empty();
    }
  }

  private static String encode(ObjectClaims claims) {
    try {
      return encode(Json.SNAKE.writeValueAsBytes(claims));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("claims are always JSON", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
