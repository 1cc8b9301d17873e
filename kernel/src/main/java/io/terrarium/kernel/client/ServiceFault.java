package io.terrarium.kernel.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.http.LoggedPath;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A call to another service that brought no good answer. Its message holds the beginning of the
/// answer's body, which may hold anything: where a message is kept for others, use [#summary].
public final class ServiceFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARACTERS_MAX = 500;
  private static final int DETAIL_CHARACTERS_MAX = 200;

  private final String summary;
  private final int status;
  private final byte[] body;
  private final String reason;

  ServiceFault(String message, @Nullable Throwable cause) {
    this(message, message, cause, 0, new byte[0], "");
  }

  private ServiceFault(
      String message,
      String summary,
      @Nullable Throwable cause,
      int status,
      byte[] body,
      String reason) {
    super(message, cause);
    this.summary = summary;
    this.status = status;
    this.body = body;
    this.reason = reason;
  }

  static ServiceFault answered(String method, String path, int status, byte[] body, String reason) {
    String text = new String(body, StandardCharsets.UTF_8);
    String shown =
        text.length() <= SHOWN_CHARACTERS_MAX
            ? text
            : text.substring(0, SHOWN_CHARACTERS_MAX) + "…";
    String summary = method + " " + LoggedPath.of(path) + " answered " + status;
    return new ServiceFault(summary + ": " + shown, summary, null, status, body, reason);
  }

  public static ServiceFault unreachable(String method, String path, IOException cause) {
    String summary = method + " " + LoggedPath.of(path) + " failed";
    return new ServiceFault(summary + ": " + cause, summary, cause, 0, new byte[0], "");
  }

  /// What was called and with what status it was answered, without a word of the answer.
  public String summary() {
    return summary;
  }

  /// Of the answer, 0 when there was none.
  public int status() {
    return status;
  }

  /// Of the answer, empty when there was none.
  public byte[] body() {
    return body.clone();
  }

  /// What a JSON:API error in the answer says of itself, cut short; "" when it says nothing.
  public String detail() {
    try {
      JsonNode error = Json.SNAKE.readTree(body).path("errors").path(0);
      String text = error.path("detail").asText(error.path("title").asText(""));
      return text.length() <= DETAIL_CHARACTERS_MAX
          ? text
          : text.substring(0, DETAIL_CHARACTERS_MAX) + "…";
    } catch (IOException e) {
      return "";
    }
  }

  /// What the answer's `X-Terrarium-Reason` says, "" when it says nothing.
  public String reason() {
    return reason;
  }

  /// Whether the same call may well succeed later: no answer, or one of 5xx or 429.
  @Override
  public boolean isPassing() {
    return status == 0 || status >= 500 || status == 429;
  }
}
