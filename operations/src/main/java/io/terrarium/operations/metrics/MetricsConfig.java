package io.terrarium.operations.metrics;

import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.Listening;
import io.terrarium.kernel.settings.Env;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where metrics are told, nowhere unless somebody wants them.
public record MetricsConfig(List<Listening> listeners) {
  private static final String HTTP_KEY = "TFE_METRICS_HTTP_PORT";
  private static final String HTTPS_KEY = "TFE_METRICS_HTTPS_PORT";

  /// The documents' ports, unless others are asked for.
  public record Ports(int http, int https) {
    private static final int HTTP = 9090;
    private static final int HTTPS = 9091;

    public static Ports from(Env env) {
      Ports ports =
          new Ports(
              env.integer(HTTP_KEY, HTTP, 0, 65_535), env.integer(HTTPS_KEY, HTTPS, 0, 65_535));
      if (ports.http == ports.https && ports.http != 0) {
        env.problem(HTTPS_KEY + " must be another port than " + HTTP_KEY);
      }
      return ports;
    }
  }

  public MetricsConfig {
    listeners = List.copyOf(listeners);
  }

  /// @param host where operations listens, too
  public static MetricsConfig from(Env env, String host) {
    boolean isEnabled = env.flag("TFE_METRICS_ENABLE", false);
    Ports ports = Ports.from(env);
    Optional<Listening.Certificate> certificate = certificate(env);
    List<Listening> listeners = new ArrayList<>();
    if (isEnabled) {
      listeners.add(new Listening(new HttpAddress(host, ports.http())));
      certificate
          .map(found -> new Listening(new HttpAddress(host, ports.https())).secured(found))
          .ifPresent(listeners::add);
    }
    if (isEnabled && certificate.isEmpty() && env.find(HTTPS_KEY).isPresent()) {
      env.problem(
          HTTPS_KEY + " needs a certificate: set TFE_TLS_CERT_FILE and TFE_TLS_KEY_FILE as well");
    }
    return new MetricsConfig(listeners);
  }

  private static Optional<Listening.Certificate> certificate(Env env) {
    Optional<Path> chain = file(env, "TFE_TLS_CERT_FILE");
    Optional<Path> key = file(env, "TFE_TLS_KEY_FILE");
    if (chain.isPresent() != key.isPresent()) {
      env.problem("TFE_TLS_CERT_FILE and TFE_TLS_KEY_FILE must be set both, or neither");
    }
    return chain.flatMap(pem -> key.map(ofIt -> new Listening.Certificate(pem, ofIt)));
  }

  private static Optional<Path> file(Env env, String name) {
    Optional<Path> file = env.find(name).map(Path::of);
    if (file.filter(path -> !Files.isReadable(path)).isPresent()) {
      env.problem(name + " names " + file.get() + ", which cannot be read");
    }
    return file;
  }
}
