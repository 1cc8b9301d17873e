package io.terrarium.atlas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser as far as pages need one: it keeps cookies, sends forms, and stays where it is.
final class Browser implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("data-form-token=\"([0-9a-f]*)\"");

  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new HashMap<>();

  Browser(URI base) {
    this.base = base;
  }

  /// Of a person of the fixture, who is signed in.
  static Browser signedIn(AtlasFixture atlas, String name) {
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", "correct horse"));
    return browser;
  }

  Answer open(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)), Map.of());
  }

  Answer open(String path, Map<String, String> headers) {
    return send(HttpRequest.newBuilder(URI.create(base + path)), headers);
  }

  /// As somebody of the fixture's people.
  void signIn(String name) {
    Answer answer = submit("/session", Map.of("login", name, "password", "correct horse"));
    if (answer.status() != 303) {
      throw new AssertionError(name + " is not let in: " + answer.text());
    }
  }

  /// An answer that goes on and on.
  InputStream stream(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    request.header("Cookie", cookies());
    return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  /// Fills in a form, and sends it with the token of this session.
  Answer submit(String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.putIfAbsent("authenticity_token", formToken());
    return post(path, all, Map.of("Sec-Fetch-Site", "same-origin"));
  }

  Answer post(String path, Map<String, String> fields, Map<String, String> headers) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .header("Content-Type", "application/x-www-form-urlencoded");
    return send(request, headers);
  }

  /// The token of this session's forms; "" for nobody.
  String formToken() {
    Matcher found = TOKEN.matcher(open("/app").text());
    return found.find() ? found.group(1) : "";
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  void keep(String name, String value) {
    cookies.put(name, value);
  }

  private Answer send(HttpRequest.Builder request, Map<String, String> headers) {
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies());
    }
    try {
      Answer answer = new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      answer.response().headers().allValues("Set-Cookie").forEach(this::take);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private String cookies() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private void take(String setting) {
    String[] pair = setting.split(";", 2)[0].split("=", 2);
    if (pair[1].isEmpty()) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
