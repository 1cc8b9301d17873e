package io.terrarium.vault;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Health and seal status, open to everybody, as Vault's API documentation gives them. A vault that
/// answers has unsealed itself before, so it is always initialized, unsealed and active: of the
/// statuses that a caller may ask for, that of an active one alone is ever given.
final class SysApi {
  /// Whose API this is.
  private static final String VERSION = "1.15.0";

  private static final String BUILD_DATE = "2023-09-22T16:53:10Z";
  private static final String CLUSTER = "terrarium";
  private static final List<String> FLAGS = List.of("standbyok", "perfstandbyok");
  private static final List<String> CODES =
      List.of(
          "activecode",
          "standbycode",
          "drsecondarycode",
          "performancestandbycode",
          "sealedcode",
          "uninitcode");

  private final Clock clock;

  SysApi(Clock clock) {
    this.clock = clock;
  }

  void mount(Api api) {
    api.get("/v1/sys/health", call -> Reply.json(healthCode(call), health()));
    api.on("HEAD", "/v1/sys/health", call -> Reply.of(healthCode(call)));
    api.get("/v1/sys/seal-status", _ -> Reply.json(200, sealStatus()));
    api.get("/v1/sys/init", _ -> Reply.json(200, Map.of("initialized", true)));
  }

  private static int healthCode(Call call) {
    for (String flag : FLAGS) {
      call.query(flag)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> Input.isTrue(flag, value));
    }
    int code = 200;
    for (String name : CODES) {
      int given = call.query(name).map(text -> code(name, text)).orElse(200);
      if (name.equals("activecode")) {
        code = given;
      }
    }
    return code;
  }

  private static int code(String name, String text) {
    if (!text.matches("[1-5]\\d\\d")) {
      throw new VaultFault(400, name + " must be a status of HTTP");
    }
    return Integer.parseInt(text);
  }

  private Map<String, Object> health() {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("initialized", true);
    health.put("sealed", false);
    health.put("standby", false);
    health.put("performance_standby", false);
    health.put("replication_performance_mode", "disabled");
    health.put("replication_dr_mode", "disabled");
    health.put("server_time_utc", clock.instant().getEpochSecond());
    health.put("version", VERSION);
    health.put("cluster_name", CLUSTER);
    return health;
  }

  private static Map<String, Object> sealStatus() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("type", "shamir");
    status.put("initialized", true);
    status.put("sealed", false);
    status.put("t", 1);
    status.put("n", 1);
    status.put("progress", 0);
    status.put("nonce", "");
    status.put("version", VERSION);
    status.put("build_date", BUILD_DATE);
    status.put("migration", false);
    status.put("cluster_name", CLUSTER);
    status.put("recovery_seal", false);
    status.put("storage_type", "postgresql");
    return status;
  }
}
