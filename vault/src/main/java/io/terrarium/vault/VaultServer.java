package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Vault's transit engine, health and seal status, over a keyring in PostgreSQL. It unseals itself
/// by the encryption password, so there is nothing to unseal by hand.
public final class VaultServer {
  private static final String SCHEMA = "vault";
  private static final String MIGRATIONS = "db/vault";
  private static final String VERSION = "1.15.0";

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
          TransitApi transit = new TransitApi(new TransitEngine(keyring), keyring);
          return api -> {
            new Health().with("database", database::check).mount(api);
            api.get("/v1/sys/health", _ -> sysHealth());
            api.get("/v1/sys/seal-status", _ -> sealStatus());
            transit.mount(api.behind(faults()).behind(token(config.token())));
          };
        });
  }

  static void main(String[] args) {
    Program.serve(VaultConfig::from, VaultServer::start);
  }

  private static Reply sysHealth() {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("initialized", true);
    health.put("sealed", false);
    health.put("standby", false);
    health.put("version", VERSION);
    return Reply.json(200, health);
  }

  private static Reply sealStatus() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("type", "shamir");
    status.put("initialized", true);
    status.put("sealed", false);
    status.put("t", 1);
    status.put("n", 1);
    status.put("progress", 0);
    status.put("version", VERSION);
    return Reply.json(200, status);
  }

  private static Filter faults() {
    return (call, next) -> {
      try {
        return next.answer(call);
      } catch (VaultFault fault) {
        String message = String.valueOf(fault.getMessage());
        return Reply.json(
            fault.status(), Map.of("errors", message.isEmpty() ? List.of() : List.of(message)));
      }
    };
  }

  private static Filter token(Secret expected) {
    return (call, next) -> {
      boolean known =
          call.header("X-Vault-Token")
              .filter(given -> Tokens.same(given, expected.value()))
              .isPresent();
      if (!known) {
        throw new VaultFault(403, "permission denied");
      }
      return next.answer(call);
    };
  }
}
