package io.terrarium.kernel.http;

import io.terrarium.kernel.metrics.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where and how a server listens.
///
/// @param filters before everything, what no route takes included
/// @param metrics where its answers are counted; `GET /metrics` then tells of them
/// @param certificate for TLS; without one it speaks plain HTTP
public record Listening(
    HttpAddress address,
    List<Filter> filters,
    Optional<Metrics> metrics,
    Optional<Certificate> certificate) {
  public Listening {
    filters = List.copyOf(filters);
  }

  /// Plain HTTP, with nothing before the routes and nothing counted.
  public Listening(HttpAddress address) {
    this(address, List.of(), Optional.empty(), Optional.empty());
  }

  /// PEM files of a server's name.
  public record Certificate(Path chain, Path key) {}

  public Listening behind(List<Filter> more) {
    return new Listening(address, more, metrics, certificate);
  }

  public Listening measuredBy(Metrics counts) {
    return new Listening(address, filters, Optional.of(counts), certificate);
  }

  public Listening secured(Certificate by) {
    return new Listening(address, filters, metrics, Optional.of(by));
  }
}
