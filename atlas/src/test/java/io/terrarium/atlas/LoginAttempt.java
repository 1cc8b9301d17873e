package io.terrarium.atlas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `terraform login` by hand: what it sends by way of a browser, and what it sends itself.
final class LoginAttempt {
  static final String REDIRECT = "http://localhost:10000/login";
  static final String VERIFIER = "c5b8e6b2-7a1f-4a52-9a9b-0f6f3a9d1e77.123456789";

  private static final String PAGE = "/oauth/authorization";

  private final AtlasFixture atlas;
  private final Map<String, String> request = new HashMap<>();

  LoginAttempt(AtlasFixture atlas) {
    this.atlas = atlas;
    request.putAll(
        Map.of(
            "client_id", "terraform-cli",
            "response_type", "code",
            "redirect_uri", REDIRECT,
            "state", "a state & more",
            "code_challenge", challenge(VERIFIER),
            "code_challenge_method", "S256"));
  }

  /// The same with another value in a field; "" takes it away.
  LoginAttempt with(String field, String value) {
    request.put(field, value);
    return this;
  }

  static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// The address that terraform opens.
  String address() {
    return PAGE + "?" + encoded(request);
  }

  /// The person agrees.
  Answer approved(Browser browser) {
    return browser.submit(PAGE, request);
  }

  /// The same, and what their browser brings terraform.
  String code(Browser browser) {
    return parameter(approved(browser).header("Location").orElseThrow(), "code");
  }

  static String parameter(String address, String name) {
    return Stream.of(URI.create(address).getRawQuery().split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  /// What terraform sends for a token, with some fields replaced.
  Answer exchange(String code, Map<String, String> others) {
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("client_id", "terraform-cli");
    fields.put("code", code);
    fields.put("redirect_uri", REDIRECT);
    fields.put("code_verifier", VERIFIER);
    fields.putAll(others);
    return token(encoded(fields));
  }

  /// A form as it is.
  Answer token(String body) {
    return sent(body, "application/x-www-form-urlencoded");
  }

  Answer sent(String body, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(atlas.base() + "/oauth/token"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> Tenants.query(field.getKey(), field.getValue()))
        .collect(Collectors.joining("&"));
  }
}
