package io.terrarium.vault;

import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Vault's envelope, in which all its answers come.
final class Answers {
  private Answers() {}

  static Reply data(Map<String, ?> data) {
    return data(200, data, List.of());
  }

  static Reply data(int status, Map<String, ?> data, List<String> warnings) {
    return Reply.json(status, envelope(data, null, warnings));
  }

  /// A token, as logins and renewals give it.
  static Reply auth(Map<String, ?> auth) {
    return Reply.json(200, envelope(null, auth, List.of()));
  }

  static Reply errors(int status, String message) {
    return Reply.json(status, Map.of("errors", message.isEmpty() ? List.of() : List.of(message)));
  }

  private static Map<String, Object> envelope(
      @Nullable Map<String, ?> data, @Nullable Map<String, ?> auth, List<String> warnings) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("request_id", UUID.randomUUID().toString());
    envelope.put("lease_id", "");
    envelope.put("renewable", false);
    envelope.put("lease_duration", 0);
    envelope.put("data", data);
    envelope.put("wrap_info", null);
    envelope.put("warnings", warnings.isEmpty() ? null : warnings);
    envelope.put("auth", auth);
    return envelope;
  }
}
