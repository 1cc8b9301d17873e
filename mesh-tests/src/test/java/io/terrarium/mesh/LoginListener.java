package io.terrarium.mesh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// What `terraform login` does beside the browser: it waits for a code, and takes it to the site.
final class LoginListener implements AutoCloseable {
  private static final String VERIFIER = "a-verifier-that-only-the-one-who-asks-can-know";
  private static final int PORT_FIRST = 10_000;
  private static final int PORT_LAST = 10_010;

  private final HttpServer server;
  private final CompletableFuture<String> code = new CompletableFuture<>();

  LoginListener() {
    server = bound();
    server.createContext("/login", this::answer);
    server.start();
  }

  /// On the first of the agreed ports that nobody has.
  private static HttpServer bound() {
    InetAddress here = InetAddress.getLoopbackAddress();
    for (int port = PORT_FIRST; port <= PORT_LAST; port++) {
      try {
        return HttpServer.create(new InetSocketAddress(here, port), 0);
      } catch (BindException taken) {
        // Somebody else has that port, so the next one it is.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new AssertionError("all ports of terraform login are taken");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    if (query.startsWith("code=")) {
      code.complete(query.substring("code=".length(), query.indexOf('&')));
    }
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    byte[] text =
        "<link rel=icon href=data:,><p>You may close this page.".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private String redirect() {
    return "http://localhost:" + server.getAddress().getPort() + "/login";
  }

  /// The page that it would open.
  String authorization() {
    return "/oauth/authorization?"
        + form(
            Map.of(
                "client_id", "terraform-cli",
                "response_type", "code",
                "redirect_uri", redirect(),
                "state", "a state",
                "code_challenge", challenge(),
                "code_challenge_method", "S256"));
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// What the site gives for the code.
  String token(URI site) {
    String asked =
        form(
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "terraform-cli",
                "code",
                code.join(),
                "redirect_uri",
                redirect(),
                "code_verifier",
                VERIFIER));
    HttpRequest request =
        HttpRequest.newBuilder(site.resolve("/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(asked))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Json.SNAKE.readTree(answer).path("access_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
