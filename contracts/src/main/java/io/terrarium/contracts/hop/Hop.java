package io.terrarium.contracts.hop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a flow between two services. The receiver records it when it is done with it.
///
/// @param flow what it belongs to: the id of a run, a configuration version, a delivery
/// @param traceparent W3C trace context, links the hop to its spans
/// @param step the documents' number, or [Step#OURS]
/// @param name what is done, in a few words, such as `enqueue plan`
/// @param phase `plan` or `apply`, "" elsewhere
/// @param attempt from 1
/// @param outcome `ok`, or why not, in a few words
/// @param bytes size of what was carried, 0 when unknown
/// @param facts ids and numbers worth showing; never a secret
/// @param sent what was carried, as far as it is shown; absent where that was not kept
public record Hop(
    int v,
    String flow,
    @Nullable String traceparent,
    int step,
    String name,
    String phase,
    String from,
    String to,
    Medium medium,
    Instant sentAt,
    Instant receivedAt,
    Instant doneAt,
    int attempt,
    String outcome,
    long bytes,
    Map<String, String> facts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sent sent) {
  public static final int VERSION = 1;

  /// The same, as try number `number`.
  public Hop inAttempt(int number) {
    return copy(number, outcome, bytes, facts, sent);
  }

  /// The same, with the size of what was carried.
  public Hop carrying(long size) {
    return copy(attempt, outcome, size, facts, sent);
  }

  /// The same, with how it ended: `ok`, or why not.
  public Hop endingWith(String end) {
    return copy(attempt, end, bytes, facts, sent);
  }

  /// The same, with these facts.
  public Hop telling(Map<String, String> more) {
    return copy(attempt, outcome, bytes, more, sent);
  }

  /// The same, with what was sent.
  public Hop sending(Shown what) {
    return copy(attempt, outcome, bytes, facts, Sent.of(what));
  }

  /// The same, without a word of what was sent.
  public Hop withoutContent() {
    return copy(attempt, outcome, bytes, facts, null);
  }

  private Hop copy(
      int number, String end, long size, Map<String, String> more, @Nullable Sent content) {
    return new Hop(
        v,
        flow,
        traceparent,
        step,
        name,
        phase,
        from,
        to,
        medium,
        sentAt,
        receivedAt,
        doneAt,
        number,
        end,
        size,
        more,
        content);
  }
}
