package io.terrarium.kernel.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Where vault is, and the token it wants.
public record TransitConfig(URI address, Secret token) {
  public static TransitConfig from(Env env) {
    return new TransitConfig(env.uri("TERRARIUM_VAULT_URL"), env.secret("TERRARIUM_VAULT_TOKEN"));
  }
}
