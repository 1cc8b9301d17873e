package io.terrarium.contracts.route;

import io.terrarium.contracts.hop.FlowHeaders;
import io.terrarium.contracts.internal.InternalApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of an nginx that routes as [Routes] says, in the place of the embedded router: a
/// public listener with and without TLS, and an internal one.
///
/// It starts before the services do, and looks for them by name when somebody asks: one that is not
/// there answers 503 until it is.
public final class NginxSettings {
  private static final String UNAVAILABLE = "the service is not up; try again in a moment";

  /// What every nginx of ours begins with: it passes on what it is sent as it comes, and writes
  /// nowhere but below `/tmp`. Its log of errors quotes requests with all that makes a path a
  /// signed one, down from the level of a service that does not answer; so it keeps to what is
  /// worse.
  static final String PRELUDE =
      """
      worker_processes auto;
      pid /tmp/nginx.pid;
      error_log /dev/stderr crit;
      events { worker_connections 4096; }
      http {
        server_tokens off;
        client_body_temp_path /tmp/client;
        proxy_temp_path /tmp/proxy;
        fastcgi_temp_path /tmp/fastcgi;
        uwsgi_temp_path /tmp/uwsgi;
        scgi_temp_path /tmp/scgi;
        client_max_body_size 0;
        large_client_header_buffers 4 16k;
        proxy_http_version 1.1;
        proxy_request_buffering off;
        proxy_buffering off;
        proxy_connect_timeout 3s;
        proxy_read_timeout 600s;
        proxy_send_timeout 600s;
        keepalive_timeout 75s;
      """;

  // What only the mesh may say, as the embedded router has it.
  private static final List<String> MESH_ONLY =
      List.of(
          FlowHeaders.FLOW,
          FlowHeaders.PHASE,
          FlowHeaders.FROM,
          FlowHeaders.SENT_AT,
          FlowHeaders.TRACEPARENT,
          "tracestate",
          "Forwarded",
          "X-Real-Ip");

  // Where a call came from. A build reaches the internal listener too, and atlas trusts the
  // router's
  // word for who may fetch the token of the first user, so no caller's own word goes on.
  private static final List<String> ORIGIN =
      List.of(
          "X-Forwarded-For $remote_addr",
          "X-Forwarded-Proto $asked_scheme",
          "X-Forwarded-Host $http_host");

  private final Map<String, String> upstreams;
  private final Listeners listeners;

  private NginxSettings(Map<String, String> upstreams, Listeners listeners) {
    this.upstreams = upstreams;
    this.listeners = listeners;
  }

  /// Where it listens, the directory of its certificate (`server.pem`, `server-key.pem`), and who
  /// resolves names for it.
  ///
  /// @param balancer the subnet of a balancer before it, whose word for where a call came from is
  ///   taken; empty where clients come by themselves
  public record Listeners(
      int https,
      int http,
      int internal,
      String certificates,
      String resolver,
      Optional<String> balancer) {}

  /// @param upstreams host and port by service
  public static String of(Map<String, String> upstreams, Listeners listeners) {
    return new NginxSettings(upstreams, listeners).text();
  }

  private String text() {
    return """
    # Made from the route table of the mesh; changes here are lost.
    %s
      resolver %s valid=5s;
      # No query, no signed path, no webhook's token.
      map $uri $logged_path {
        "~^(?<before>.*/v1/object/)" "${before}...";
        "~^(?<before>.*/webhooks/vcs/)" "${before}...";
        default $uri;
      }
      map "$time_iso8601 $msec" $timestamp {
        "~^(?<date>[^+]+)\\+00:00 [0-9]+\\.(?<millis>[0-9]+)$" "${date}.${millis}Z";
        default $time_iso8601;
      }
      # That of a request which nginx gave up is 000, which is no number of JSON's.
      map $status $logged_status {
        "~^[1-9]" $status;
        default 0;
      }
      log_format routed escape=json '{"timestamp":"$timestamp","level":"INFO",'
        '"component":"router","logger":"nginx","message":"request routed",'
        '"method":"$request_method","path":"$logged_path","status":$logged_status,'
        '"bytes_received":$request_length,"bytes_sent":$bytes_sent,'
        '"duration_s":$request_time,"request_id":"$asked_id"}';
      # Not what is said every few seconds and goes well.
      map $status$uri $is_told {
        "~^2..%s$" 0;
        default 1;
      }
      access_log /dev/stdout routed if=$is_told;

      map $http_x_request_id $asked_id {
        "~^[A-Za-z0-9._:/+=-]{1,128}$" $http_x_request_id;
        default $request_id;
      }
      map $from_balancer$http_x_forwarded_proto $asked_scheme {
        1https https;
        default $scheme;
      }
      geo $realip_remote_addr $from_balancer {
        default 0;
    %s  }
    %s%s}
    """
        .formatted(
            PRELUDE.strip(),
            listeners.resolver(),
            InternalApi.PULSE,
            listeners.balancer().map("    %s 1;\n"::formatted).orElse(""),
            publicServer(),
            internalServer());
  }

  private String publicServer() {
    List<String> headers = MESH_ONLY.stream().map(name -> name + " \"\"").toList();
    String listen =
        """
            listen %d ssl;
            listen %d;
            ssl_certificate %s/server.pem;
            ssl_certificate_key %s/server-key.pem;
            ssl_protocols TLSv1.2 TLSv1.3;
        %s\
        """
            .formatted(
                listeners.https(),
                listeners.http(),
                listeners.certificates(),
                listeners.certificates(),
                listeners.balancer().map(NginxSettings::trusted).orElse(""));
    return server(listen, headers, true);
  }

  private static String trusted(String balancer) {
    return "    set_real_ip_from %s;\n    real_ip_header X-Forwarded-For;\n".formatted(balancer);
  }

  /// Its callers are services of the mesh, so what they say of the flow goes on.
  private String internalServer() {
    return server("    listen %d;\n".formatted(listeners.internal()), List.of(), false);
  }

  private String server(String listen, List<String> headers, boolean isPublic) {
    String sent =
        Stream.of(
                List.of("Host $http_host", "X-Request-Id $asked_id", "X-Request-Start t=$msec"),
                ORIGIN,
                headers)
            .flatMap(List::stream)
            .map(header -> "    proxy_set_header " + header + ";\n")
            .collect(Collectors.joining());
    String locations =
        Routes.TABLE.stream().map(route -> location(route, isPublic)).collect(Collectors.joining());
    return """
      server {
    %s%s    # A service answers with the id that it was given; what nginx answers itself has it too.
        proxy_hide_header X-Request-Id;
        add_header X-Request-Id $asked_id always;
        error_page 502 504 = @unavailable;
        location @unavailable {
          default_type application/vnd.api+json;
          add_header X-Request-Id $asked_id always;
          add_header Retry-After 1 always;
          return 503 '%s';
        }
    %s  }
    """
        .formatted(listen, sent, error(503, "service unavailable", UNAVAILABLE), locations);
  }

  private String location(Route route, boolean isPublic) {
    String to =
        route.isClosed() || (route.internalOnly() && isPublic)
            ? "default_type application/vnd.api+json; return 404 '%s';"
                .formatted(error(404, "not found", "there is nothing at this path"))
            : "%sset $upstream %s; proxy_pass http://$upstream;"
                .formatted(stripped(route), upstream(route.service()));
    String prefix = "    location ^~ %s { %s }\n".formatted(route.pathPrefix(), to);
    String bare = route.pathPrefix().substring(0, route.pathPrefix().length() - 1);
    return bare.isEmpty() ? prefix : prefix + "    location = %s { %s }\n".formatted(bare, to);
  }

  private static String stripped(Route route) {
    return route.stripPrefix() ? "rewrite ^%s?(.*)$ /$1 break; ".formatted(route.pathPrefix()) : "";
  }

  private String upstream(String service) {
    String address = upstreams.get(service);
    if (address == null) {
      throw new IllegalArgumentException("no address is given for the service " + service);
    }
    return address;
  }

  private static String error(int status, String title, String detail) {
    return "{\"errors\":[{\"status\":\"%d\",\"title\":\"%s\",\"detail\":\"%s\"}]}"
        .formatted(status, title, detail);
  }
}
