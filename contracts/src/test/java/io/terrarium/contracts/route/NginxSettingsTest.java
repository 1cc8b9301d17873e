package io.terrarium.contracts.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NginxSettingsTest {
  private static final NginxSettings.Listeners LISTENERS =
      new NginxSettings.Listeners(
          8443, 8080, 8081, "/etc/terrarium", "127.0.0.11", Optional.empty());

  private static final Map<String, String> UPSTREAMS =
      Map.of(
          Routes.ATLAS, "atlas:9292",
          Routes.ARCHIVIST, "archivist:7675",
          Routes.OPERATIONS, "operations:23005",
          Routes.REGISTRY_API, "registry-api:3121");

  private final String settings = NginxSettings.of(UPSTREAMS, LISTENERS);

  private String listener(boolean isPublic) {
    return listener(settings, isPublic);
  }

  private static String listener(String settings, boolean isPublic) {
    List<String> servers = List.of(settings.split("\n  server \\{", -1));
    assertThat(servers).hasSize(3);
    return servers.get(isPublic ? 1 : 2);
  }

  @Test
  void both_listeners_have_every_route_in_the_order_of_the_table() {
    for (boolean isPublic : new boolean[] {true, false}) {
      assertThat(listener(isPublic))
          .containsSubsequence(
              Routes.TABLE.stream()
                  .map(route -> "location ^~ " + route.pathPrefix() + " ")
                  .toList());
    }
  }

  @Test
  void the_public_listener_answers_internal_routes_with_404() {
    for (Route route : Routes.TABLE) {
      if (route.internalOnly()) {
        assertThat(listener(true).lines())
            .filteredOn(line -> line.contains("location ^~ " + route.pathPrefix() + " "))
            .singleElement()
            .asString()
            .contains("return 404")
            .doesNotContain("proxy_pass");
        assertThat(listener(false).lines())
            .filteredOn(line -> line.contains("location ^~ " + route.pathPrefix() + " "))
            .singleElement()
            .asString()
            .contains("proxy_pass");
      }
    }
  }

  @Test
  void neither_listener_leads_to_what_a_service_says_of_itself() {
    for (boolean isPublic : new boolean[] {true, false}) {
      for (String location : List.of("location ^~ /metrics/ ", "location = /metrics ")) {
        assertThat(listener(isPublic).lines())
            .filteredOn(line -> line.contains(location))
            .singleElement()
            .asString()
            .contains("return 404")
            .doesNotContain("proxy_pass");
      }
    }
  }

  @Test
  void strangers_cannot_say_what_only_the_mesh_may() {
    assertThat(listener(true))
        .contains("proxy_set_header x-terrarium-flow \"\";")
        .contains("proxy_set_header traceparent \"\";");
    assertThat(listener(false)).doesNotContain("x-terrarium-flow");
  }

  @Test
  void no_log_quotes_a_request_as_it_came() {
    assertThat(settings)
        .contains("error_log /dev/stderr crit;")
        .contains("\"path\":\"$logged_path\"")
        .doesNotContain("$request_uri", "$args", "\"$request\"");
  }

  @Test
  void nobody_says_where_a_call_came_from_but_the_router() {
    for (boolean isPublic : new boolean[] {true, false}) {
      assertThat(listener(isPublic))
          .contains("proxy_set_header X-Forwarded-For $remote_addr;")
          .contains("proxy_set_header X-Forwarded-Proto $asked_scheme;")
          .contains("proxy_set_header X-Forwarded-Host $http_host;");
    }
  }

  @Test
  void the_public_listener_takes_the_word_of_a_balancer_alone() {
    String behindBalancer =
        NginxSettings.of(
            UPSTREAMS,
            new NginxSettings.Listeners(
                8443, 8080, 8081, "/etc/terrarium", "127.0.0.11", Optional.of("10.9.8.0/28")));

    assertThat(listener(behindBalancer, true))
        .contains("set_real_ip_from 10.9.8.0/28;", "real_ip_header X-Forwarded-For;");
    assertThat(listener(behindBalancer, false)).doesNotContain("real_ip");
    assertThat(settings).doesNotContain("set_real_ip_from");
  }

  @Test
  void a_balancer_knows_every_router() {
    assertThat(NginxBalancer.of(List.of("10.9.8.4:8080", "10.9.8.5:8080"), 8443, 8080, "/etc/x"))
        .contains("server 10.9.8.4:8080 ", "server 10.9.8.5:8080 ")
        .contains("listen 8443 ssl;", "ssl_certificate /etc/x/server.pem;");
  }

  @Test
  void a_service_without_an_address_is_refused() {
    assertThatThrownBy(() -> NginxSettings.of(Map.of(Routes.ATLAS, "atlas:9292"), LISTENERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Routes.ARCHIVIST);
  }
}
