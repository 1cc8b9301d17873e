package io.terrarium.contracts.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  @Nested
  class The_public_listener {
    @ParameterizedTest
    @CsvSource({
      "/_archivist/v1/object/abc, archivist",
      "/_archivist, archivist",
      "/_health_check, operations",
      "/_backup/api/v1/backup, operations",
      "/, atlas",
      "/api/v2/ping, atlas",
      "/api/registry/v1/modules/acme/network/aws/versions, registry-api",
      "/api/registry/private/v2/gpg-keys, atlas",
      "/api/registry/private/v2/gpg-keys/acme/32966F3FB5AC1129, atlas",
      "/api/registry/private/v2/gpg-keyss, registry-api",
      "/api/registryless, atlas",
      "/internals, atlas",
      "/app/internal/, atlas",
    })
    void leads_to_the_service_of_the_path(String path, String service) {
      assertThat(Routes.ofPublic(path)).map(Route::service).contains(service);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/internal/v1/builds",
          "/internal",
          "//internal/v1",
          "/./internal/v1",
          "/api/../internal/v1",
          "/api/%2e%2E/internal/v1",
          "/%69nternal/v1",
          "/_archivist/../internal/v1",
        })
    void hides_internal_paths_however_they_are_spelled(String path) {
      assertThat(Routes.ofPublic(path)).isEmpty();
    }
  }

  @Nested
  class The_internal_listener {
    @ParameterizedTest
    @CsvSource({
      "/_archivist/v1/object/abc, archivist",
      "/internal/v1/builds, atlas",
      "/api/v2/ping, atlas",
      "/api/registry/v1/providers/acme/widgets/versions, registry-api",
    })
    void has_every_route(String path, String service) {
      assertThat(Routes.ofInternal(path)).map(Route::service).contains(service);
    }
  }

  @Nested
  class What_a_service_says_of_itself {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/metrics",
          "/metrics/",
          "/metrics/process",
          "//metrics",
          "/api/../metrics",
          "/%6detrics",
          "/metrics/../metrics"
        })
    void is_reached_through_neither_listener(String path) {
      assertThat(Routes.ofPublic(path)).isEmpty();
      assertThat(Routes.ofInternal(path)).isEmpty();
    }
  }

  @Nested
  class A_route {
    @Test
    void cuts_its_prefix_when_it_is_told_to() {
      Route route = new Route("/metrics/", "operations", true, true);

      String path = route.pathAtService("/metrics/nodes");

      assertThat(path).isEqualTo("/nodes");
    }

    @Test
    void leaves_the_root_of_a_bare_prefix() {
      Route route = new Route("/metrics/", "operations", true, true);

      String path = route.pathAtService("/metrics");

      assertThat(path).isEqualTo("/");
    }
  }
}
