package io.terrarium.kernel.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vault did not do what it was asked to; neither the message nor a cause ever holds what it was to
/// do it with. A batch that fails for one input answers with what it read of the others, so of an
/// answer nothing but vault's own words for the failure is taken.
public final class TransitFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;
  private static final String NO_KEY = "encryption key not found";

  private final boolean isPassing;
  private final boolean isOfMissingKey;

  private TransitFault(
      String message, @Nullable Throwable cause, boolean isPassing, boolean isOfMissingKey) {
    super(message, cause);
    this.isPassing = isPassing;
    this.isOfMissingKey = isOfMissingKey;
  }

  TransitFault(String message) {
    this(message, null, false, false);
  }

  static TransitFault of(ServiceFault fault) {
    List<String> words = words(fault);
    String message = "vault could not be used: " + fault.summary();
    if (fault.status() == 0) {
      // No answer, so nothing that could be told by mistake.
      message = "vault could not be used: " + fault.getMessage();
    } else if (!words.isEmpty()) {
      message += ": " + String.join("; ", words);
    }
    if (fault.status() == 403) {
      message +=
          "; the policy of its token must grant this path, and \"create\" on it where vault is to"
              + " make the key";
    }
    return new TransitFault(
        message,
        fault.status() == 0 ? fault.getCause() : null,
        fault.isPassing(),
        words.contains(NO_KEY));
  }

  private static List<String> words(ServiceFault fault) {
    List<String> words = new ArrayList<>();
    try {
      JsonNode answer = Json.SNAKE.readTree(fault.body());
      for (JsonNode error : answer.path("errors")) {
        if (error.isTextual()) {
          words.add(error.asText());
        }
      }
      for (JsonNode result : answer.path("data").path("batch_results")) {
        if (result.hasNonNull("error") && !words.contains(result.path("error").asText())) {
          words.add(result.path("error").asText());
        }
      }
    } catch (IOException e) {
      return List.of("its answer is no JSON");
    }
    return words;
  }

  /// Vault has no key of that name.
  boolean isOfMissingKey() {
    return isOfMissingKey;
  }

  @Override
  public boolean isPassing() {
    return isPassing;
  }
}
