package io.terrarium.contracts.hop;

/// Headers that carry the flow along, in HTTP and AMQP alike; Sidekiq jobs carry the same facts as
/// extra keys.
public final class FlowHeaders {
  /// The flow's id, such as `run-…`.
  public static final String FLOW = "x-terrarium-flow";

  /// When the sender sent it, ISO 8601.
  public static final String SENT_AT = "x-terrarium-sent-at";

  /// Who sent it, such as `build-worker`.
  public static final String FROM = "x-terrarium-from";

  /// `plan` or `apply`.
  public static final String PHASE = "x-terrarium-phase";

  /// W3C trace context.
  public static final String TRACEPARENT = "traceparent";

  private FlowHeaders() {}
}
