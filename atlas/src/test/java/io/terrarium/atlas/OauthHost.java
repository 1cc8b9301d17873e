package io.terrarium.atlas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Git host that lets people in by its own page, as GitLab and GitHub document it: each code is
/// good once, each refresh token is, and the application must show who it is. Whoever comes by is
/// logged in already, and agrees.
final class OauthHost implements AutoCloseable {
  static final String KEY = "our application";
  static final String SECRET = "secret of our application";

  private final HttpServer server;
  private final Map<String, String> callbacksByCode = new HashMap<>();
  private final Set<String> refreshTokens = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();
  private final Map<Integer, String> hooks = new TreeMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private int counter;
  private boolean isWilling = true;
  private boolean isUp = true;

  OauthHost() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// A page of the host, or a document.
  private record Told(int status, String location, String json) {
    static Told json(int status, String json) {
      return new Told(status, "", json.replace('\'', '"'));
    }

    static Told redirect(String location) {
      return new Told(302, location, "");
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What it was asked for, with bodies.
  List<String> asked() {
    return asked;
  }

  long refreshes() {
    return asked.stream().filter(one -> one.contains("grant_type=refresh_token")).count();
  }

  /// People no longer agree.
  synchronized void refuse() {
    isWilling = false;
  }

  /// What was given so far is good no longer.
  synchronized void endTokens() {
    tokens.clear();
  }

  synchronized void endRefreshTokens() {
    refreshTokens.clear();
  }

  synchronized void goDown() {
    isUp = false;
  }

  synchronized void comeUp() {
    isUp = true;
  }

  /// The addresses of all webhooks that it has.
  synchronized List<String> hooks() {
    return List.copyOf(hooks.values());
  }

  /// Somebody has deleted them by hand.
  synchronized void loseHooks() {
    hooks.clear();
  }

  /// A token that somebody made by hand.
  synchronized String token() {
    String token = "by-hand-" + ++counter;
    tokens.add(token);
    return token;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      asked.add(exchange.getRequestMethod() + " " + uri + " " + body);
      Told told =
          answer(
              exchange.getRequestMethod() + " " + uri.getPath(),
              fields(body.isEmpty() ? Objects.requireNonNullElse(uri.getRawQuery(), "") : body),
              Objects.requireNonNullElse(
                  exchange.getRequestHeaders().getFirst("Authorization"), ""),
              body);
      if (!told.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", told.location());
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] bytes = told.json().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Told answer(
      String line, Map<String, String> fields, String authorization, String body) {
    if (!isUp) {
      return Told.json(503, "");
    }
    if (line.contains("/api/v1/repos/") && line.contains("/hooks")) {
      Told known = ifKnown(authorization, "{}");
      return known.status() == 200 ? hooks(line, body) : known;
    }
    return switch (line) {
      case "GET /oauth/authorize", "GET /login/oauth/authorize" -> authorize(fields);
      // GitHub tells of errors with 200, the others with 400.
      case "POST /login/oauth/access_token" -> token(fields, 200, false);
      case "POST /oauth/token" -> token(fields, 400, true);
      case "GET /api/v4/user" -> ifKnown(authorization, "{'username': 'octavia'}");
      case "GET /api/v3/user", "GET /api/v1/user" -> ifKnown(authorization, "{'login': 'octavia'}");
      case "GET /api/v4/projects" ->
          ifKnown(
              authorization,
              "[{'path_with_namespace': 'lab/one'}, {'path_with_namespace': 'else/two'}]");
      case "GET /api/v1/user/repos" -> ifKnown(authorization, "[{'full_name': 'lab/one'}]");
      case "GET /api/v1/repos/a/b" -> ifKnown(authorization, "{'full_name': 'a/b'}");
      default -> Told.json(404, "{'message': 'Not Found'}");
    };
  }

  /// The webhooks of a repository, and what is asked about them.
  private Told hooks(String line, String body) {
    if (line.startsWith("POST ")) {
      int id = ++counter;
      hooks.put(id, body.replaceAll(".*\"url\":\"([^\"]*)\".*", "$1"));
      return Told.json(201, "{'id': " + id + "}");
    }
    if (line.startsWith("DELETE ")) {
      return hooks.remove(Integer.valueOf(line.replaceAll(".*/", ""))) == null
          ? Told.json(404, "{}")
          : Told.json(204, "");
    }
    if (!line.startsWith("GET ")) {
      return Told.json(200, "{'id': 1}");
    }
    return Told.json(
        200,
        hooks.entrySet().stream()
            .map(hook ->
                "{'id': %d, 'config': {'url': '%s'}}".formatted(hook.getKey(), hook.getValue()))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private Told authorize(Map<String, String> fields) {
    if (!KEY.equals(fields.get("client_id")) || !"code".equals(fields.get("response_type"))) {
      return Told.json(400, "{'error': 'unauthorized_client'}");
    }
    String callback = Objects.requireNonNull(fields.get("redirect_uri"));
    String state = "&state=" + encoded(Objects.requireNonNull(fields.get("state")));
    if (!isWilling) {
      return Told.redirect(
          callback
              + "?error=access_denied&error_description="
              + encoded("The <b>owner</b> said no.")
              + state);
    }
    String code = "code-" + ++counter;
    callbacksByCode.put(code, callback);
    return Told.redirect(callback + "?code=" + code + state);
  }

  private Told token(Map<String, String> fields, int refusal, boolean endsTokens) {
    if (!KEY.equals(fields.get("client_id")) || !SECRET.equals(fields.get("client_secret"))) {
      return Told.json(refusal == 200 ? 200 : 401, "{'error': 'invalid_client'}");
    }
    String callback = fields.get("redirect_uri");
    boolean isGood =
        switch (fields.getOrDefault("grant_type", "")) {
          case "authorization_code" ->
              Objects.equals(callbacksByCode.remove(fields.get("code")), callback);
          case "refresh_token" -> refreshTokens.remove(fields.get("refresh_token"));
          default -> false;
        };
    if (!isGood) {
      return Told.json(
          refusal,
          "{'error': 'invalid_grant', 'error_description': 'The grant is invalid or was used.'}");
    }
    tokens.clear();
    String token = "token-" + ++counter;
    tokens.add(token);
    if (!endsTokens) {
      return Told.json(200, "{'access_token': '%s', 'token_type': 'bearer'}".formatted(token));
    }
    String refresh = "refresh-" + counter;
    refreshTokens.add(refresh);
    return Told.json(
        200,
        "{'access_token': '%s', 'token_type': 'bearer', 'expires_in': 7200, 'refresh_token': '%s'}"
            .formatted(token, refresh));
  }

  private Told ifKnown(String authorization, String json) {
    return tokens.contains(authorization.replaceFirst("^Bearer ", ""))
        ? Told.json(200, json)
        : Told.json(401, "{'message': 'The token has expired.'}");
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new HashMap<>();
    Stream.of(form.split("&", -1))
        .map(pair -> new ArrayList<>(List.of(pair.split("=", 2))))
        .filter(pair -> pair.size() == 2)
        .forEach(pair -> fields.put(decoded(pair.getFirst()), decoded(pair.getLast())));
    return fields;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
