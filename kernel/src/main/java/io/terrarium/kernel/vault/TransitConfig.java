package io.terrarium.kernel.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where vault is, and how it knows us.
///
/// @param namespace of a Vault that has such
/// @param renewEvery when the token is renewed at the latest; sooner where it lives shorter
/// @param trust whose certificates a Vault at an https address may have
public record TransitConfig(
    URI address, Optional<String> namespace, Login login, Duration renewEvery, Trust trust) {
  private static final int RENEW_SECONDS = 3600;
  private static final int RENEW_SECONDS_MAX = 30 * 24 * 3600;
  private static final String USUAL_PATH = "auth/approle";

  /// How a token is come by.
  public sealed interface Login {}

  /// It is in the settings.
  public record Token(Secret token) implements Login {}

  /// Vault gives one for a role and its secret.
  ///
  /// @param path where the AppRole method is mounted, such as `auth/approle`
  public record AppRole(String path, String roleId, Secret secretId) implements Login {}

  /// Our own vault, or any that takes this token.
  public TransitConfig(URI address, Secret token) {
    this(
        address,
        Optional.empty(),
        new Token(token),
        Duration.ofSeconds(RENEW_SECONDS),
        Trust.system());
  }

  /// The user's own Vault with `TFE_VAULT_USE_EXTERNAL`, else the one of `TERRARIUM_VAULT_URL`.
  public static TransitConfig from(Env env) {
    boolean isExternal = env.flag("TFE_VAULT_USE_EXTERNAL", false);
    Optional<AppRole> role = appRole(env, isExternal);
    Optional<String> namespace = env.find("TFE_VAULT_NAMESPACE");
    Duration renewEvery =
        Duration.ofSeconds(
            env.integer("TFE_VAULT_TOKEN_RENEW", RENEW_SECONDS, 1, RENEW_SECONDS_MAX));
    Optional<String> ofTheUser = env.find("TFE_VAULT_ADDRESS");
    Trust trust = Trust.from(env);
    if (isExternal) {
      if (ofTheUser.isEmpty()) {
        env.problem("TFE_VAULT_ADDRESS must be set where TFE_VAULT_USE_EXTERNAL is");
      }
      URI address = ofTheUser.isEmpty() ? URI.create("") : env.uri("TFE_VAULT_ADDRESS");
      return new TransitConfig(address, namespace, role.orElseThrow(), renewEvery, trust);
    }
    return new TransitConfig(
        env.uri("TERRARIUM_VAULT_URL"),
        namespace,
        new Token(env.secret("TERRARIUM_VAULT_TOKEN")),
        renewEvery,
        trust);
  }

  private static Optional<AppRole> appRole(Env env, boolean isExternal) {
    Optional<String> role = env.find("TFE_VAULT_ROLE_ID");
    Optional<Secret> secret = env.findSecret("TFE_VAULT_SECRET_ID");
    String path = env.text("TFE_VAULT_PATH", USUAL_PATH);
    if (!isExternal) {
      return Optional.empty();
    }
    if (role.isEmpty()) {
      env.problem("TFE_VAULT_ROLE_ID must be set where TFE_VAULT_USE_EXTERNAL is");
    }
    if (secret.isEmpty()) {
      env.problem(
          "TFE_VAULT_SECRET_ID must be set where TFE_VAULT_USE_EXTERNAL is, or"
              + " TFE_VAULT_SECRET_ID_FILE");
    }
    if (!path.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")) {
      env.problem("TFE_VAULT_PATH must be the path of an AppRole method, such as " + USUAL_PATH);
    }
    return Optional.of(new AppRole(path, role.orElse(""), secret.orElseGet(() -> new Secret(""))));
  }
}
