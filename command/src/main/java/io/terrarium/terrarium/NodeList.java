package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints the nodes of the installation, one a line.
final class NodeList {
  private static final List<String> HEAD =
      List.of("NODE", "VERSION", "SINCE", "LAST BEAT", "BUILDS", "JOBS", "DRAIN", "SERVICES");

  private final ApiAccess operations;

  NodeList(ApiAccess operations) {
    this.operations = operations;
  }

  void print(PrintWriter out) {
    ApiAccess.Answer answer = operations.get("/v1/nodes");
    if (answer.status() != 200) {
      throw new MeshFault("the nodes cannot be listed: " + answer.problem());
    }
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    answer.json().path("nodes").forEach(node -> rows.add(row(node)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static List<String> row(JsonNode listed) {
    JsonNode node = listed.path("entry");
    int slots = node.path("slots").asInt();
    int free = node.path("free").asInt();
    return List.of(
        node.path("node").asText(),
        node.path("version").asText(),
        node.path("since").asText(),
        listed.path("last_beat").asText(),
        (slots - free) + " busy, " + free + " free",
        node.path("jobs").asText(),
        node.path("drain").asText().toLowerCase(Locale.ROOT),
        services(node.path("services")));
  }

  private static String services(JsonNode services) {
    String bad =
        services.properties().stream()
            .filter(service -> !service.getValue().asText().equals("UP"))
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining(", "));
    return bad.isEmpty() ? services.size() + " up" : "not up: " + bad;
  }
}
