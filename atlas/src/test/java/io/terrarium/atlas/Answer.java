package io.terrarium.atlas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
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

  /// The document without its counts of statuses, which change with what other tests make.
  public JsonNode withoutCounts() {
    JsonNode document = json();
    if (document.path("meta") instanceof ObjectNode meta && meta.remove("status-counts") != null) {
      return document;
    }
    throw new AssertionError("no counts of statuses: " + text());
  }

  /// How many there are of a status, or in `total`.
  public int count(String status) {
    return json().at("/meta/status-counts/" + status).asInt();
  }

  public JsonNode data() {
    return json().path("data");
  }

  public JsonNode attributes() {
    return data().path("attributes");
  }

  public JsonNode attribute(String name) {
    return attributes().path(name);
  }

  public String id() {
    return data().path("id").asText();
  }

  /// Where the first error points.
  public String pointer() {
    return json().at("/errors/0/source/pointer").asText();
  }

  /// Where all errors point.
  public List<String> pointers() {
    List<String> pointers = new ArrayList<>();
    json().path("errors").forEach(error -> pointers.add(error.at("/source/pointer").asText()));
    return pointers;
  }

  /// What the first error says.
  public String detail() {
    return json().at("/errors/0/detail").asText();
  }

  /// What the listed resources have as `attribute`.
  public List<String> listed(String attribute) {
    List<String> values = new ArrayList<>();
    data().forEach(one -> values.add(one.path("attributes").path(attribute).asText()));
    return values;
  }

  public List<String> names() {
    return listed("name");
  }

  /// The ids of the listed resources.
  public List<String> ids() {
    List<String> ids = new ArrayList<>();
    data().forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }

  /// The id at the other end of a relationship.
  public String related(String name) {
    return data().path("relationships").path(name).at("/data/id").asText();
  }
}
