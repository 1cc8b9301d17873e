package io.terrarium.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// The transit engine over HTTP, as Vault's API documentation gives it.
final class TransitApi {
  private static final String ROOT = "/v1/transit";
  private static final long BODY_BYTES_MAX = 64L << 20;

  private final TransitEngine engine;
  private final Keyring keyring;

  TransitApi(TransitEngine engine, Keyring keyring) {
    this.engine = engine;
    this.keyring = keyring;
  }

  void mount(Api base) {
    Api api = base.bodyUpTo(BODY_BYTES_MAX);
    write(api, "/encrypt/:name", call -> each(call, this::encrypt));
    write(api, "/decrypt/:name", call -> each(call, this::decrypt));
    write(api, "/rewrap/:name", call -> each(call, this::rewrap));
    write(api, "/datakey/plaintext/:name", call -> dataKey(call, true));
    write(api, "/datakey/wrapped/:name", call -> dataKey(call, false));
    write(api, "/keys/:name/rotate", this::rotate);
    write(api, "/keys/:name", this::create);
    api.get(ROOT + "/keys/:name", this::show);
    api.get(ROOT + "/keys", _ -> data(Map.of("keys", keyring.names())));
  }

  /// Vault takes POST and PUT alike.
  private static void write(Api api, String path, Endpoint endpoint) {
    api.post(ROOT + path, endpoint);
    api.put(ROOT + path, endpoint);
  }

  /// One input, or a batch whose inputs fail one by one.
  private Reply each(Call call, BiFunction<String, JsonNode, Map<String, Object>> work) {
    JsonNode body = body(call);
    String name = call.path("name");
    JsonNode batch = body.path("batch_input");
    if (!batch.isArray()) {
      return data(work.apply(name, body));
    }
    if (batch.isEmpty()) {
      throw new VaultFault(400, "missing input to process");
    }
    List<Map<String, Object>> results = new ArrayList<>();
    boolean allFailed = true;
    for (JsonNode input : batch) {
      try {
        results.add(work.apply(name, input));
        allFailed = false;
      } catch (VaultFault fault) {
        results.add(Map.of("error", String.valueOf(fault.getMessage())));
      }
    }
    Reply reply = data(Map.of("batch_results", results));
    return allFailed ? new Reply(400, reply.headers(), reply.body()) : reply;
  }

  private Map<String, Object> encrypt(String name, JsonNode input) {
    return encrypted(engine.encrypt(name, text(input, "plaintext")));
  }

  private Map<String, Object> decrypt(String name, JsonNode input) {
    byte[] plaintext = engine.decrypt(name, text(input, "ciphertext"));
    return Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext));
  }

  private Map<String, Object> rewrap(String name, JsonNode input) {
    return encrypted(engine.encrypt(name, engine.decrypt(name, text(input, "ciphertext"))));
  }

  private static Map<String, Object> encrypted(TransitEngine.Encrypted made) {
    return Map.of("ciphertext", made.ciphertext(), "key_version", made.keyVersion());
  }

  private Reply dataKey(Call call, boolean inTheClear) {
    int bits = body(call).path("bits").asInt(256);
    if (bits != 128 && bits != 256 && bits != 512) {
      throw new VaultFault(400, "invalid bit length");
    }
    byte[] key = Aead.random(bits / 8);
    Map<String, Object> answer =
        new LinkedHashMap<>(encrypted(engine.encrypt(call.path("name"), key)));
    if (inTheClear) {
      answer.put("plaintext", Base64.getEncoder().encodeToString(key));
    }
    return data(answer);
  }

  private Reply create(Call call) {
    keyring.ensure(call.path("name"));
    return Reply.noContent();
  }

  private Reply rotate(Call call) {
    if (keyring.find(call.path("name")).isEmpty()) {
      throw new VaultFault(400, "encryption key not found");
    }
    keyring.rotate(call.path("name"));
    return Reply.noContent();
  }

  private Reply show(Call call) {
    Keyring.Key key = keyring.find(call.path("name")).orElseThrow(() -> new VaultFault(404, ""));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", key.name());
    answer.put("type", "aes256-gcm96");
    answer.put("latest_version", key.latest());
    answer.put("min_decryption_version", 1);
    answer.put("min_encryption_version", 0);
    answer.put("deletion_allowed", false);
    answer.put("exportable", false);
    answer.put("supports_encryption", true);
    answer.put("supports_decryption", true);
    answer.put("keys", key.createdAt());
    return data(answer);
  }

  private static JsonNode body(Call call) {
    byte[] bytes = call.body();
    try {
      return bytes.length == 0 ? Json.SNAKE.createObjectNode() : Json.SNAKE.readTree(bytes);
    } catch (IOException e) {
      throw new VaultFault(400, "failed to parse JSON input");
    }
  }

  private static String text(JsonNode input, String field) {
    JsonNode value = input.path(field);
    if (!value.isTextual()) {
      throw new VaultFault(400, "missing " + field + " to process");
    }
    return value.asText();
  }

  private static Reply data(Map<String, ?> data) {
    return Reply.json(200, Map.of("data", data));
  }
}
