package io.terrarium.vault;

import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Reply;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Encryption, decryption, data keys and random bytes over HTTP, as Vault's API documentation gives
/// them.
final class TransitApi {
  static final String ROOT = "/v1/transit";

  private static final int RANDOM_BYTES_MAX = 128 * 1024;

  private final Keyring keyring;

  TransitApi(Keyring keyring) {
    this.keyring = keyring;
  }

  void mount(Api api) {
    write(api, "/encrypt/:name", call -> answer(call, existing(call, true), this::encrypt));
    write(api, "/decrypt/:name", call -> answer(call, existing(call, false), this::decrypt));
    write(api, "/rewrap/:name", call -> answer(call, existing(call, false), this::rewrap));
    write(api, "/datakey/plaintext/:name", call -> dataKey(call, true));
    write(api, "/datakey/wrapped/:name", call -> dataKey(call, false));
    write(api, "/random", call -> random(call, OptionalInt.empty()));
    write(api, "/random/:bytes", call -> random(call, OptionalInt.of(number(call.path("bytes")))));
  }

  /// Vault takes POST and PUT alike.
  static void write(Api api, String path, Endpoint endpoint) {
    api.post(ROOT + path, endpoint);
    api.put(ROOT + path, endpoint);
  }

  /// What is done with one input.
  private interface Work {
    Map<String, Object> on(Key key, Input input);
  }

  /// The key of the path. Encryption alone makes one that is not there, as Vault's does, for a
  /// token that may.
  private Key existing(Call call, boolean isUpserted) {
    String name = KeysApi.name(call);
    if (isUpserted && keyring.find(name).isEmpty()) {
      call.get(Caller.class).require("transit/encrypt/" + name, Policy.Capability.CREATE);
      keyring.create(name);
    }
    return keyring.find(name).orElseThrow(() -> new VaultFault(400, "encryption key not found"));
  }

  /// One input, or a batch whose inputs fail one by one. A batch in which any fails is 400, and
  /// holds what did not fail nevertheless; the caller may ask for another status where some did.
  private Reply answer(Call call, Key key, Work work) {
    Input body = Input.of(call);
    List<Input> batch = body.batch().orElse(List.of());
    if (batch.isEmpty()) {
      return Answers.data(work.on(key, body));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    int failed = 0;
    for (Input input : batch) {
      Map<String, Object> result = new LinkedHashMap<>();
      try {
        result.putAll(work.on(key, input));
      } catch (VaultFault fault) {
        result.put("error", fault.text());
        failed++;
      }
      result.put("reference", input.fields().path("reference").asText(""));
      results.add(result);
    }
    int partly = body.integer("partial_failure_response_code").orElse(400);
    boolean isStatus = partly >= 100 && partly <= 599;
    int status = failed == 0 ? 200 : failed < batch.size() && isStatus ? partly : 400;
    return Answers.data(
        status,
        Map.of("batch_results", results),
        isStatus ? List.of() : List.of("invalid HTTP response code override"));
  }

  private Map<String, Object> encrypt(Key key, Input input) {
    String plaintext =
        input
            .text("plaintext")
            .orElseThrow(() -> new VaultFault(400, "missing plaintext to encrypt"));
    return encrypted(key, input, Input.decode(plaintext, "plaintext"));
  }

  private Map<String, Object> decrypt(Key key, Input input) {
    byte[] plaintext = plaintext(key, input);
    return Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext));
  }

  private Map<String, Object> rewrap(Key key, Input input) {
    return encrypted(key, input, plaintext(key, input));
  }

  private static byte[] plaintext(Key key, Input input) {
    refuseNonce(input);
    String ciphertext =
        input
            .text("ciphertext")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> new VaultFault(400, "missing ciphertext to decrypt"));
    return TransitEngine.decrypt(key, ciphertext, input.base64("associated_data"));
  }

  private static Map<String, Object> encrypted(Key key, Input input, byte[] plaintext) {
    refuseNonce(input);
    TransitEngine.Encrypted made =
        TransitEngine.encrypt(
            key,
            input.integer("key_version").orElse(0),
            plaintext,
            input.base64("associated_data"));
    return Map.of("ciphertext", made.ciphertext(), "key_version", made.keyVersion());
  }

  /// Both belong to keys of kinds that there are not; to go on without would protect less than the
  /// caller believes.
  private static void refuseNonce(Input input) {
    if (input.base64("nonce").length > 0) {
      throw new VaultFault(
          400, "provided nonce not allowed for this key: only convergent encryption takes one");
    }
    if (input.base64("context").length > 0) {
      throw new VaultFault(400, "context is not supported by this vault: no key is derived");
    }
  }

  private Reply dataKey(Call call, boolean inTheClear) {
    Key wrapping = existing(call, false);
    Input input = Input.of(call);
    int bits = input.integer("bits").orElse(256);
    if (bits != 128 && bits != 256 && bits != 512) {
      throw new VaultFault(400, "invalid bit length");
    }
    byte[] key = Aead.random(bits / 8);
    Map<String, Object> answer = new LinkedHashMap<>(encrypted(wrapping, input, key));
    if (inTheClear) {
      answer.put("plaintext", Base64.getEncoder().encodeToString(key));
    }
    return Answers.data(answer);
  }

  private static Reply random(Call call, OptionalInt asked) {
    Input input = Input.of(call);
    int bytes = asked.orElse(input.integer("bytes").orElse(32));
    if (bytes < 1) {
      throw new VaultFault(400, "\"bytes\" cannot be less than 1");
    }
    if (bytes > RANDOM_BYTES_MAX) {
      throw new VaultFault(400, "\"bytes\" should be less than " + RANDOM_BYTES_MAX);
    }
    byte[] random = Aead.random(bytes);
    return switch (input.text("format").orElse("base64")) {
      case "base64" ->
          Answers.data(Map.of("random_bytes", Base64.getEncoder().encodeToString(random)));
      case "hex" -> Answers.data(Map.of("random_bytes", HexFormat.of().formatHex(random)));
      default ->
          throw new VaultFault(400, "unsupported encoding format; must be \"hex\" or \"base64\"");
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new VaultFault(400, "error parsing url-set byte count: " + text, e);
    }
  }
}
