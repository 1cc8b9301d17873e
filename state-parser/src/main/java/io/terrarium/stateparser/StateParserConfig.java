package io.terrarium.stateparser;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Settings of the state parser.
///
/// @param router its internal listener, the way to archivist
/// @param internalToken that callers must carry
public record StateParserConfig(HttpAddress listen, URI router, Secret internalToken) {
  private static final int PORT = 7588;

  public static StateParserConfig from(Env env) {
    return new StateParserConfig(
        env.listen("TERRARIUM_STATE_PARSER", PORT),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
