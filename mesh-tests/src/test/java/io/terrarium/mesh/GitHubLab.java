package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A GitHub Enterprise as far as pull requests go, by what GitHub's documentation says of its API:
/// a real Git server behind it, the webhooks that it was told of, the statuses that it was shown.
final class GitHubLab implements AutoCloseable {
  private static final String TOKEN = "token of the lab";

  private final Site site;
  private final String organization;
  private final GitServer server;
  private final Path repositories;
  private final Map<String, JsonNode> hooks = new ConcurrentHashMap<>();
  private final List<Shown> statuses = new CopyOnWriteArrayList<>();
  private final String oauthToken;

  GitHubLab(Site site, String organization) throws IOException {
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    this.site = site;
    this.organization = organization;
    this.repositories = Files.createTempDirectory(site.directory(), "github");
    this.server = GitServer.start(repositories);
    server.answerFor("", this::api);
    ApiClient.Answer connected =
        site.api()
            .post(
                "/api/v2/organizations/" + organization + "/oauth-clients",
                """
                {"data":{"type":"oauth-clients","attributes":{"service-provider":"github_enterprise",
                  "http-url":"%s","oauth-token-string":"%s"}}}\
                """
                    .formatted(server.address(), TOKEN));
    assertThat(connected.status()).as(connected.text()).isEqualTo(201);
    oauthToken = connected.data().at("/relationships/oauth-tokens/data/0/id").asText();
    assertThat(
            site.api()
                .get("/api/v2/oauth-tokens/" + oauthToken)
                .attribute("service-provider-user")
                .asText())
        .isEqualTo("octocat");
  }

  private void api(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      LocalServer.answer(exchange, 401, "{\"message\":\"Bad credentials\"}");
    } else if (call.equals("GET /api/v3/user")) {
      LocalServer.answer(exchange, 200, "{\"login\":\"octocat\"}");
    } else if (call.startsWith("GET ") && call.endsWith("/hooks")) {
      LocalServer.answer(exchange, 200, "[]");
    } else if (call.startsWith("POST ") && call.endsWith("/hooks")) {
      hooks.put(repository(call), Json.SNAKE.readTree(exchange.getRequestBody().readAllBytes()));
      LocalServer.answer(exchange, 201, "{\"id\":1}");
    } else if (call.contains("/statuses/")) {
      JsonNode status = Json.SNAKE.readTree(exchange.getRequestBody().readAllBytes());
      statuses.add(
          new Shown(
              call.substring(call.lastIndexOf('/') + 1),
              status.path("state").asText() + ": " + status.path("description").asText()));
      LocalServer.answer(exchange, 201, "{\"state\":\"success\"}");
    } else if (call.endsWith("/files")) {
      LocalServer.answer(exchange, 200, "[{\"filename\":\"net/main.tf\"}]");
    } else {
      LocalServer.answer(exchange, 404, "{\"message\":\"Not Found\"}");
    }
  }

  private static String repository(String call) {
    return call.replaceAll(".*/repos/([^/]+/[^/]+)/.*", "$1");
  }

  /// @param name such as `lab/network`
  GitRepository create(String name) throws IOException {
    Files.createDirectories(repositories.resolve(name).getParent());
    return server.create(name);
  }

  /// A workspace that follows a repository; returns once the host knows of its webhook.
  void follow(String workspace, String repository, String attributes) {
    ApiClient.Answer made =
        site.api()
            .post(
                "/api/v2/organizations/" + organization + "/workspaces",
                """
                {"data":{"type":"workspaces","attributes":{"name":"%s","vcs-repo":{
                  "identifier":"%s","oauth-token-id":"%s"}%s}}}\
                """
                    .formatted(workspace, repository, oauthToken, attributes));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Eventually.until("the webhook of " + repository, () -> hooks.containsKey(repository));
  }

  /// Has the host tell of a pull request.
  ///
  /// @param action `opened` or `synchronize`
  void pullRequest(String repository, String action, String branch, String sha) {
    String body =
        """
        {"action":"%s","number":7,"pull_request":{"number":7,"title":"A wider net","body":"Please",
          "html_url":"%s/%s/pull/7","head":{"ref":"%s","sha":"%s","repo":{"full_name":"%s"}},
          "base":{"ref":"main","sha":"%s"}},
         "repository":{"full_name":"%s","default_branch":"main"},"sender":{"login":"ada"}}\
        """
            .formatted(
                action,
                server.address(),
                repository,
                branch,
                sha,
                repository,
                "0".repeat(40),
                repository);
    JsonNode hook = Objects.requireNonNull(hooks.get(repository)).path("config");
    String signature =
        HexFormat.of().formatHex(Mac.sha256(new Secret(hook.path("secret").asText())).sign(body));
    URI address = site.http().resolve(URI.create(hook.path("url").asText()).getPath());
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .header("X-GitHub-Event", "pull_request")
                  .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                  .header("X-Hub-Signature-256", "sha256=" + signature)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private record Shown(String sha, String status) {}

  /// What was shown beside a commit, in order, as `state: description`.
  List<String> statuses(String sha) {
    return statuses.stream().filter(shown -> shown.sha().equals(sha)).map(Shown::status).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
