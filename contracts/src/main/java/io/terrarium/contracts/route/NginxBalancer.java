package io.terrarium.contracts.route;

import java.util.List;
import java.util.stream.Collectors;

/// The settings of an nginx that spreads the calls of clients over the routers of several nodes, as
/// the load balancer of the documents does ("Active/Active"). It ends TLS, and says to the routers
/// where a call came from.
///
/// A node that does not answer is left out for some seconds. One whose router says that a service
/// is away is not, since that may be a server which all nodes share; such a call is only tried at
/// the other node. A call that changes something is not sent a second time, since nobody knows what
/// the first has done.
public final class NginxBalancer {
  private NginxBalancer() {}

  /// @param routers host and port of each, by address, since names are looked up only once
  /// @param certificates directory of `server.pem` and `server-key.pem`
  public static String of(List<String> routers, int https, int http, String certificates) {
    String nodes =
        routers.stream()
            .map(router -> "    server %s max_fails=1 fail_timeout=5s;\n".formatted(router))
            .collect(Collectors.joining());
    return """
    %s
      upstream nodes {
    %s    keepalive 32;
      }
      server {
        listen %d ssl;
        listen %d;
        ssl_certificate %s/server.pem;
        ssl_certificate_key %s/server-key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        access_log off;
        proxy_set_header Host $http_host;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_next_upstream error timeout http_502 http_503 http_504;
        proxy_next_upstream_tries 2;
        location / { proxy_pass http://nodes; }
      }
    }
    """
        .formatted(NginxSettings.PRELUDE.strip(), nodes, https, http, certificates, certificates);
  }
}
