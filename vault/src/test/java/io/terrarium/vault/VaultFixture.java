package io.terrarium.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A PostgreSQL, and vaults on it that are called as anybody would.
final class VaultFixture implements AutoCloseable {
  static final Secret TOKEN = new Secret("the token of the test");
  static final Secret PASSWORD = new Secret("the right password");
  static final VaultConfig.AppRole ROLE =
      new VaultConfig.AppRole(new Secret("the-role"), new Secret("the-secret"));

  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final Platform platform = Platform.start();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  VaultFixture(Path directory) {
    data = DataDirectory.open(directory.resolve("data"));
    postgres = EmbeddedPostgres.start(data);
  }

  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return Json.SNAKE.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }

    JsonNode data() {
      return json().path("data");
    }

    String error() {
      return json().path("errors").path(0).asText();
    }
  }

  DatabaseConfig database() {
    return new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 3);
  }

  Service start() {
    return start(PASSWORD, Duration.ofDays(1));
  }

  Service start(Secret password, Duration tokenPeriod) {
    return start(HttpAddress.loopback(0), password, tokenPeriod);
  }

  /// At a port that clients of before know.
  Service startAt(int port) {
    return start(HttpAddress.loopback(port), PASSWORD, Duration.ofDays(1));
  }

  private Service start(HttpAddress listen, Secret password, Duration tokenPeriod) {
    return VaultServer.start(
        new VaultConfig(listen, database(), password, TOKEN, Optional.of(ROLE), tokenPeriod),
        platform);
  }

  static URI address(Service vault) {
    return URI.create("http://127.0.0.1:" + vault.port());
  }

  static Transit transit(Service vault) {
    return new Transit(new TransitConfig(address(vault), TOKEN));
  }

  Answer post(Service vault, String path, String body) {
    return send(vault, TOKEN, "POST", path, body);
  }

  Answer get(Service vault, String path) {
    return send(vault, TOKEN, "GET", path, "");
  }

  /// A token of a new login.
  Secret login(Service vault) {
    Answer answer =
        post(
            vault,
            "/v1/auth/approle/login",
            "{\"role_id\":\"%s\",\"secret_id\":\"%s\"}"
                .formatted(ROLE.roleId().value(), ROLE.secretId().value()));
    return new Secret(answer.json().path("auth").path("client_token").asText());
  }

  Answer send(Service vault, Secret token, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address(vault) + path))
            .header("X-Vault-Token", token.value())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    platform.close();
    postgres.close();
    data.close();
  }
}
