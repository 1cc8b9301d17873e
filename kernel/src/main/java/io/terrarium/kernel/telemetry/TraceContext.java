package io.terrarium.kernel.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in a trace, as the `traceparent` header of W3C Trace Context carries it.
///
/// @param traceId 32 hexadecimal digits
/// @param spanId 16 hexadecimal digits
public record TraceContext(String traceId, String spanId) {
  public static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}");
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  /// The trace that belongs to `name`, at its root. Whoever asks gets the same, so that a message
  /// that is sent again stays in its trace.
  public static TraceContext rootOf(String name) {
    String digits = digest(name);
    return new TraceContext(
        digits.substring(0, TRACE_DIGITS),
        digits.substring(TRACE_DIGITS, TRACE_DIGITS + SPAN_DIGITS));
  }

  /// What a `traceparent` says; empty when it is none of version 00.
  public static Optional<TraceContext> of(String traceparent) {
    Matcher matcher = FORM.matcher(traceparent);
    return matcher.matches()
        ? Optional.of(new TraceContext(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /// The span of `name` in the same trace.
  public TraceContext child(String name) {
    return new TraceContext(traceId, rootOf(traceId + spanId + name).spanId());
  }

  private static String digest(String name) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }
}
