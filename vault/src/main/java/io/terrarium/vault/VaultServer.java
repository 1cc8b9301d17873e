package io.terrarium.vault;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Vault's transit engine, AppRole login, health and seal status, over a keyring in PostgreSQL. It
/// unseals itself by the encryption password, so there is nothing to unseal by hand.
public final class VaultServer {
  static final String SCHEMA = "vault";
  static final String MIGRATIONS = "db/vault";

  private static final long BODY_BYTES_MAX = 64L << 20;
  private static final Pattern AMBIGUOUS = Pattern.compile("%|//|/\\.{1,2}(/|$)");
  private static final String BEARER = "Bearer ";

  private VaultServer() {}

  public static Service start(VaultConfig config, Platform platform) {
    return Service.start(
        SCHEMA,
        platform,
        config.listen(),
        parts -> {
          Database database =
              parts.add(Database.open(config.database(), SCHEMA, SCHEMA, List.of()));
          database.migrate(MIGRATIONS);
          Keyring keyring = Keyring.unseal(database, config.encryptionPassword());
          ClientTokens tokens = new ClientTokens(database, config.tokenPeriod());
          return base -> {
            new Health().with("database", database::check).mount(base);
            Api open = base.bodyUpTo(BODY_BYTES_MAX).behind(faults());
            Api known = open.behind(token(config.token(), tokens));
            new SysApi(platform.clock()).mount(open);
            new AuthApi(tokens, config.appRole()).mount(open, known);
            new TransitApi(keyring).mount(known);
            new KeysApi(keyring).mount(known);
            known.otherwise(
                "/v1/*",
                call -> {
                  throw noHandler(call);
                });
          };
        });
  }

  static void main(String[] args) {
    Program.serve(SCHEMA, VaultConfig::from, VaultServer::start);
  }

  static VaultFault noHandler(Call call) {
    return new VaultFault(
        404, "no handler for route \"" + path(call) + "\". route entry not found.");
  }

  /// Paths are compared with policies as they are sent, so those that could be read in two ways are
  /// refused; no name of a key needs them.
  private static Filter faults() {
    return (call, next) -> {
      try {
        if (AMBIGUOUS.matcher(call.path()).find()) {
          throw new VaultFault(400, "the path must be sent without escapes, '//', '.' and '..'");
        }
        return next.answer(call);
      } catch (VaultFault fault) {
        return Answers.errors(fault.status(), fault.text());
      } catch (Fault fault) {
        return Answers.errors(fault.status(), String.valueOf(fault.getMessage()));
      }
    };
  }

  /// Lets pass who has a token whose policy covers the path.
  private static Filter token(Secret ofSettings, ClientTokens tokens) {
    return (call, next) -> {
      Caller caller =
          given(call)
              .flatMap(given -> caller(given, ofSettings, tokens))
              .orElseThrow(VaultFault::denied);
      caller.require(path(call), capability(call));
      call.put(Caller.class, caller);
      return next.answer(call);
    };
  }

  private static Optional<Secret> given(Call call) {
    return call.header("X-Vault-Token")
        .or(() ->
            call.header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length())))
        .map(Secret::new);
  }

  private static Optional<Caller> caller(Secret given, Secret ofSettings, ClientTokens tokens) {
    return Tokens.same(given.value(), ofSettings.value())
        ? Optional.of(new Caller(given, Policy.ROOT, Optional.empty()))
        : tokens
            .find(given)
            .map(issued -> new Caller(given, Policy.TERRARIUM, Optional.of(issued)));
  }

  private static String path(Call call) {
    return call.path().replaceFirst("^/v1/", "");
  }

  private static Policy.Capability capability(Call call) {
    return switch (call.method()) {
      case "GET", "HEAD" ->
          call.query("list").isPresent() ? Policy.Capability.LIST : Policy.Capability.READ;
      case "LIST" -> Policy.Capability.LIST;
      case "DELETE" -> Policy.Capability.DELETE;
      default -> Policy.Capability.UPDATE;
    };
  }
}
