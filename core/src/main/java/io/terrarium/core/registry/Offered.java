package io.terrarium.core.registry;

import java.util.List;

/// One kind of thing that the registry is told of.
public interface Offered<T> {
  /// Those that the registry must be told of.
  List<T> waiting(int max);

  /// Its id, for the log.
  String name(T thing);

  /// Tells of one, and keeps that the registry has taken it.
  void offer(T thing, RegistryOffers.Registry registry);

  /// The registry will never take it.
  void refused(T thing, String reason);
}
