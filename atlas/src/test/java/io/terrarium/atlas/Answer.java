package io.terrarium.atlas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/// What atlas answered.
public record Answer(HttpResponse<String> response) {
  public int status() {
    return response.statusCode();
  }

  public String text() {
    return response.body();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public JsonNode json() {
    try {
      return text().isEmpty() ? MissingNode.getInstance() : Json.KEBAB.readTree(text());
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + text(), e);
    }
  }

  public JsonNode data() {
    return json().path("data");
  }

  public JsonNode attributes() {
    return data().path("attributes");
  }

  public String id() {
    return data().path("id").asText();
  }

  /// Where the first error points.
  public String pointer() {
    return json().at("/errors/0/source/pointer").asText();
  }
}
