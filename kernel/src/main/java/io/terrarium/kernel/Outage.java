package io.terrarium.kernel;

/// A fault of a server that we need, such as the database. One that passes is told to callers as
/// 503, not as a bug of ours: the same request will do once the server is back.
public interface Outage {
  /// Whether it may pass by itself, as when the server is away or overloaded.
  boolean isPassing();

  /// What happened, for the log.
  String getMessage();
}
