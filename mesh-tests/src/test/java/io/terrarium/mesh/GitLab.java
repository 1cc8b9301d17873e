package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// A Git server of the lab, connected to an organization, whose hook calls webhooks.
final class GitLab implements AutoCloseable {
  private static final String NOTHING = "0".repeat(40);
  private static final Secret SECRET = new Secret("signs the webhooks of the lab");

  private final Site site;
  private final String organization;
  private final GitServer server;
  private final String token;

  GitLab(Site site, String organization) {
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    this.site = site;
    this.organization = organization;
    this.server = GitServer.start(directory(site));
    ApiClient.Answer connected =
        site.api()
            .post(
                "/api/v2/organizations/" + organization + "/oauth-clients",
                """
                {"data":{"type":"oauth-clients","attributes":{"service-provider":"git",
                  "http-url":"%s","secret":"%s"}}}\
                """
                    .formatted(server.address(), SECRET.value()));
    assertThat(connected.status()).as(connected.text()).isEqualTo(201);
    token = connected.data().at("/relationships/oauth-tokens/data/0/id").asText();
  }

  private static Path directory(Site site) {
    try {
      return Files.createTempDirectory(site.directory(), "git");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GitRepository create(String name) {
    return server.create(name);
  }

  /// A door in front of a repository, at which whoever fetches it has to wait.
  static final class Gate {
    private final CountDownLatch arrival = new CountDownLatch(1);
    private final CountDownLatch opening = new CountDownLatch(1);

    void awaitArrival() {
      Eventually.until("somebody who fetches", () -> arrival.getCount() == 0);
    }

    void open() {
      opening.countDown();
    }

    private void pass() {
      arrival.countDown();
      Eventually.until("the gate to be opened", () -> opening.getCount() == 0);
    }
  }

  /// Puts such a door in front of a repository.
  Gate gate(String name) {
    Gate gate = new Gate();
    server.answerFor(
        name,
        exchange -> {
          gate.pass();
          server.serve(exchange);
        });
    return gate;
  }

  /// What a workspace or a module says of the repository that it follows, as JSON.
  ///
  /// @param more attributes after a comma; "" for none
  String vcsRepo(String name, String more) {
    return "\"vcs-repo\":{\"identifier\":\"%s.git\",\"oauth-token-id\":\"%s\"%s}"
        .formatted(name, token, more);
  }

  /// A workspace that follows a repository; its document.
  ApiClient.Answer follow(String name, String repository, String attributes) {
    ApiClient.Answer made =
        site.api()
            .post(
                "/api/v2/organizations/" + organization + "/workspaces",
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"%s\",%s%s}}}"
                    .formatted(name, vcsRepo(repository, ""), attributes));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  /// What the hook of the server does after a push; the delivery's name, "" for one that has come
  /// before.
  ///
  /// @param followed the document of a workspace or a module
  /// @param ref such as `refs/heads/main`
  String push(ApiClient.Answer followed, String ref, String before, String after) {
    HttpResponse<String> answer = call(followed, body(ref, before, after));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    return answer.body().replaceAll("(?s).*(whd-\\w+).*|.*", "$1");
  }

  /// As [#push], again and again until it is taken, as hosts do.
  void pushUntilTaken(ApiClient.Answer followed, String ref, String before, String after) {
    String body = body(ref, before, after);
    Eventually.until(
        () -> "the push of " + after + " is not taken",
        () -> {
          try {
            return Set.of(200, 202).contains(call(followed, body).statusCode());
          } catch (UncheckedIOException unavailable) {
            return false;
          }
        });
  }

  private static String body(String ref, String before, String after) {
    return "{\"ref\":\"%s\",\"before\":\"%s\",\"after\":\"%s\",\"default_branch\":\"main\"}"
        .formatted(ref, before.isEmpty() ? NOTHING : before, after);
  }

  private HttpResponse<String> call(ApiClient.Answer followed, String body) {
    String hook = followed.attribute("vcs-repo").path("webhook-url").asText();
    URI address = site.http().resolve(URI.create(hook).getPath());
    String signature = HexFormat.of().formatHex(Mac.sha256(SECRET).sign(body));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(address)
              .header("X-Hub-Signature-256", "sha256=" + signature)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
