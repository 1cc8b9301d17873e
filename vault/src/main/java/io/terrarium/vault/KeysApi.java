package io.terrarium.vault;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Management of the transit keys over HTTP, as Vault's API documentation gives it. There is one
/// kind of key, `aes256-gcm96`; what belongs to other kinds is refused by name.
final class KeysApi {
  private static final Pattern NAME = Pattern.compile("\\w(([\\w.-]+)?\\w)?");
  private static final String TYPE = "aes256-gcm96";

  private final Keyring keyring;

  KeysApi(Keyring keyring) {
    this.keyring = keyring;
  }

  void mount(Api api) {
    TransitApi.write(api, "/keys/:name/rotate", this::rotate);
    TransitApi.write(api, "/keys/:name/config", this::configure);
    TransitApi.write(api, "/keys/:name/trim", this::trim);
    TransitApi.write(api, "/keys/:name", this::create);
    api.get(TransitApi.ROOT + "/keys/:name", this::show);
    api.delete(TransitApi.ROOT + "/keys/:name", this::delete);
    api.on("LIST", TransitApi.ROOT + "/keys", _ -> list());
    api.get(TransitApi.ROOT + "/keys", KeysApi.this::listIfAsked);
  }

  /// Of a key, from the path.
  static String name(Call call) {
    String name = call.path("name");
    if (!NAME.matcher(name).matches()) {
      throw VaultServer.noHandler(call);
    }
    return name;
  }

  private Reply create(Call call) {
    Input input = Input.of(call);
    input.allow(
        Set.of(
            "type",
            "derived",
            "convergent_encryption",
            "exportable",
            "allow_plaintext_backup",
            "auto_rotate_period"));
    String type = input.text("type").orElse(TYPE);
    if (!type.equals(TYPE)) {
      throw new VaultFault(400, "unknown key type " + type + ": this vault has " + TYPE + " alone");
    }
    refuseOthers(input);
    String name = name(call);
    boolean isNew = keyring.create(name);
    return shown(name, isNew ? List.of() : List.of("key " + name + " already existed"));
  }

  private static void refuseOthers(Input input) {
    for (String flag :
        List.of("derived", "convergent_encryption", "exportable", "allow_plaintext_backup")) {
      if (input.flag(flag).orElse(false)) {
        throw new VaultFault(400, "not supported by this vault: " + flag);
      }
    }
    String period = input.fields().path("auto_rotate_period").asText("0");
    if (!period.isEmpty() && !period.matches("0[smhd]?")) {
      throw new VaultFault(400, "not supported by this vault: auto_rotate_period");
    }
  }

  private Reply rotate(Call call) {
    Input.of(call).allow(Set.of());
    keyring.rotate(name(call));
    return shown(name(call), List.of());
  }

  private Reply configure(Call call) {
    Input input = Input.of(call);
    input.allow(
        Set.of(
            "min_decryption_version",
            "min_encryption_version",
            "deletion_allowed",
            "exportable",
            "allow_plaintext_backup",
            "auto_rotate_period"));
    refuseOthers(input);
    keyring.configure(name(call), key -> KeyChange.configured(key, input));
    return shown(name(call), List.of());
  }

  private Reply trim(Call call) {
    Input input = Input.of(call);
    input.allow(Set.of("min_available_version"));
    keyring.configure(name(call), key -> KeyChange.trimmed(key, input));
    return shown(name(call), List.of());
  }

  private Reply delete(Call call) {
    keyring.delete(name(call));
    return Reply.noContent();
  }

  private Reply listIfAsked(Call call) {
    if (!Input.isTrue("list", call.query("list").orElse("false"))) {
      throw new VaultFault(405, "1 error occurred:\n\t* unsupported operation\n\n");
    }
    return list();
  }

  /// An empty list is 404 in Vault.
  private Reply list() {
    List<String> names = keyring.names();
    return names.isEmpty() ? Answers.errors(404, "") : Answers.data(Map.of("keys", names));
  }

  private Reply show(Call call) {
    return shown(name(call), List.of());
  }

  private Reply shown(String name, List<String> warnings) {
    Key key = keyring.find(name).orElseThrow(() -> new VaultFault(404, ""));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", key.name());
    answer.put("type", TYPE);
    answer.put("latest_version", key.latest());
    answer.put("min_decryption_version", key.settings().minDecryptionVersion());
    answer.put("min_encryption_version", key.settings().minEncryptionVersion());
    answer.put("min_available_version", key.settings().minAvailableVersion());
    answer.put("deletion_allowed", key.settings().deletionAllowed());
    answer.put("derived", false);
    answer.put("exportable", false);
    answer.put("allow_plaintext_backup", false);
    answer.put("auto_rotate_period", 0);
    answer.put("imported_key", false);
    answer.put("supports_encryption", true);
    answer.put("supports_decryption", true);
    answer.put("supports_signing", false);
    answer.put("supports_derivation", false);
    Map<Integer, Long> usable = new LinkedHashMap<>(key.createdAt());
    usable.keySet().removeIf(version -> version < key.settings().minDecryptionVersion());
    answer.put("keys", usable);
    return Answers.data(200, answer, warnings);
  }
}
