package io.terrarium.atlas.api.token;

import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.Token;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A token on the wire.
final class TokenResource {
  static final String TYPE = "authentication-tokens";

  private TokenResource() {}

  /// @param token the clear text; null but in the answer that made it
  record Attributes(
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable String description,
      @Nullable String token,
      @Nullable Instant expiredAt) {}

  static Resource of(Token token) {
    return of(token, null);
  }

  static Resource of(IssuedToken issued) {
    return of(issued.token(), issued.clear().value());
  }

  private static Resource of(Token token, @Nullable String clear) {
    return new Resource(
        token.id().value(),
        TYPE,
        new Attributes(
            token.createdAt(), token.lastUsedAt(), token.description(), clear, token.expiredAt()),
        relationships(token),
        Map.of());
  }

  private static Map<String, Relationship> relationships(Token token) {
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    if (token.team() != null) {
      relationships.put("team", Relationship.one("teams", token.team().value()));
    }
    Token.Creator by = token.createdBy();
    relationships.put(
        "created-by",
        by == null
            ? Relationship.optional("users", Optional.empty())
            : Relationship.one(by.type(), by.id()));
    return relationships;
  }
}
