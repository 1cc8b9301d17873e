package io.terrarium.gitserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.WorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The server as its users see it.
///
/// @param work for working copies
record Host(Path work, Path repositories, int port) {
  static final String TOKEN = "token-of-the-lab";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicInteger COPIES = new AtomicInteger();

  record Answer(int status, String text, HttpResponse<String> raw) {
    JsonNode json() {
      try {
        return Json.SNAKE.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }

    String at(String pointer) {
      return json().at(pointer).asText();
    }
  }

  /// What the server reads.
  Map<String, String> settings() {
    return Map.of(
        "TERRARIUM_GIT_SERVER_PORT",
        Integer.toString(port),
        "TERRARIUM_GIT_SERVER_DIRECTORY",
        repositories.toString(),
        "TERRARIUM_GIT_SERVER_TOKEN",
        TOKEN,
        "TERRARIUM_GIT_SERVER_PUSH_MEGABYTES_MAX",
        "1");
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /// Where `git` finds a repository, with the token.
  String git(String repository) {
    return git(repository, TOKEN);
  }

  String git(String repository, String token) {
    return "http://ada:" + token + "@127.0.0.1:" + port + "/" + repository + ".git";
  }

  /// A new working copy whose `origin` is a repository here, pushed or not.
  WorkingCopy copy(String repository) {
    WorkingCopy copy = WorkingCopy.create(work.resolve("copy-" + COPIES.incrementAndGet()));
    copy.git("remote", "add", "origin", git(repository));
    return copy;
  }

  Answer get(String path) {
    return send("GET", path, "", "token " + TOKEN);
  }

  Answer post(String path, String body) {
    return send("POST", path, body, "Bearer " + TOKEN);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body, "token " + TOKEN);
  }

  Answer delete(String path) {
    return send("DELETE", path, "", "token " + TOKEN);
  }

  /// A webhook for all events; its number.
  String hook(String repository, String url) {
    Answer made =
        post(
            "/api/v1/repos/" + repository + "/hooks",
            """
            {"type":"gitea","active":true,
             "events":["push","delete","pull_request_only","pull_request_sync"],
             "config":{"url":"%s","content_type":"json","insecure_ssl":"0","secret":"%s"}}
            """
                .formatted(url, Receiver.SECRET));
    if (made.status() != 201) {
      throw new AssertionError(made.text());
    }
    return made.at("/id");
  }

  /// @param authorization "" for none
  Answer send(String method, String path, String body, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
