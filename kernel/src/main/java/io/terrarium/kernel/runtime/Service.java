package io.terrarium.kernel.runtime;

import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.ListenFault;
import io.terrarium.kernel.http.Listening;
import java.util.List;
import java.util.function.Consumer;

/// A running service: its parts and the port at which it answers, closed together.
public final class Service implements AutoCloseable {
  private final Parts parts;
  private final HttpService http;

  private Service(Parts parts, HttpService http) {
    this.parts = parts;
    this.http = http;
  }

  /// How a service is put together.
  @FunctionalInterface
  public interface Assembly {
    /// Adds what is to be closed to `parts`; the routes that are returned are mounted last.
    Consumer<Api> from(Parts parts);
  }

  /// Starts a service. When it fails half-way, what was there is closed again.
  ///
  /// @throws ListenFault when the port cannot be had
  public static Service start(
      String name, Platform platform, HttpAddress listen, Assembly assembly) {
    return start(name, platform, listen, List.of(), assembly);
  }

  /// The same with filters before everything, what no route takes included.
  public static Service start(
      String name, Platform platform, HttpAddress listen, List<Filter> filters, Assembly assembly) {
    Parts parts = new Parts(name, platform.metrics());
    Listening listening = new Listening(listen).measuredBy(platform.metrics()).behind(filters);
    try {
      Consumer<Api> routes = assembly.from(parts);
      return new Service(
          parts, parts.add(HttpService.start(platform.vertx(), name, listening, routes)));
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    parts.close();
  }
}
