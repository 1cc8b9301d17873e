package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.ScriptedEngine;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Sent;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.kernel.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The hops of a flow as a table, phase by phase.
final class Trace {
  private static final Comparator<Hop> IN_ORDER =
      Comparator.comparing(Hop::sentAt).thenComparingInt(Hop::step);

  private final ApiAccess api;

  Trace(ApiAccess api) {
    this.api = api;
  }

  /// Prints what is recorded of `flow`.
  void print(String flow, PrintWriter out) {
    print(flow, "", out);
  }

  /// The same, with what each hop carried.
  void printWithContent(String flow, PrintWriter out) {
    print(flow, "?include=sent", out);
  }

  private void print(String flow, String query, PrintWriter out) {
    ApiAccess.Answer answer = api.get("/api/v2/terrarium/flows/" + flow + query);
    if (answer.status() != 200) {
      throw new MeshFault(
          switch (answer.status()) {
            case 401 -> "the mesh does not accept the token";
            case 404 -> "there is no " + flow + ", or the token may not see it";
            case 429 -> "the mesh has had too many requests; try again in a moment";
            case 502, 503, 504 -> "the mesh is not ready to answer; try again in a moment";
            default -> "the mesh answers with status " + answer.status();
          });
    }
    List<Hop> hops = hops(answer.json());
    String version = answer.json().path("terraform_version").asText();
    String engine = ScriptedEngine.isChosenBy(version) ? "scripted engine" : "terraform";
    boolean isRun = !version.isEmpty();
    out.printf(
        "%s  %s%s%n",
        flow, answer.json().path("status").asText(), isRun ? "  " + engine + " " + version : "");
    for (String phase : List.of("plan", "apply", AvailabilityStep.PHASE)) {
      List<Hop> ofPhase = hops.stream().filter(hop -> hop.phase().equals(phase)).toList();
      if (!ofPhase.isEmpty()) {
        printPhase(phase, ofPhase, out);
        printTimes(ofPhase, engine, commands(answer.json(), phase), out);
      }
    }
    List<Hop> beside = hops.stream().filter(hop -> hop.phase().isEmpty()).toList();
    if (!beside.isEmpty()) {
      printPhase(isRun ? "beside the phases" : "ingress", beside, out);
    }
    out.flush();
  }

  private static List<Hop> hops(JsonNode flow) {
    List<Hop> hops = new ArrayList<>();
    flow.path("hops").forEach(node -> hops.add(Json.SNAKE.convertValue(node, Hop.class)));
    hops.sort(IN_ORDER);
    return hops;
  }

  // Names are cut, never the numbers.
  private static void printPhase(String phase, List<Hop> hops, PrintWriter out) {
    Instant begin = hops.getFirst().sentAt();
    out.printf(
        "%n%s%n  %-4s %8s  %-14s    %-14s %-8s %8s %9s  %s%n",
        phase, "step", "at", "from", "to", "over", "took", "size", "what");
    for (Hop hop : hops) {
      out.printf(
          "  %-4s %8s  %-14s -> %-14s %-8s %8s %9s  %s%n",
          hop.step() == Step.OURS ? "·" : Integer.toString(hop.step()),
          millis(Duration.between(begin, hop.sentAt())),
          cut(hop.from(), 14),
          cut(hop.to(), 14),
          hop.medium().wire(),
          millis(Duration.between(hop.sentAt(), hop.doneAt())),
          hop.bytes() == 0 ? "" : hop.bytes() + " B",
          what(hop));
      printSent(hop.sent(), out);
    }
  }

  private static void printSent(@Nullable Sent sent, PrintWriter out) {
    if (sent != null) {
      out.printf("%18s%s%n", "", sent.line());
      sent.body().lines().forEach(line -> out.printf("%18s%s%n", "", line));
      if (sent.isCut()) {
        out.printf("%18s%s%n", "", "… (cut)");
      }
    }
  }

  /// What a phase's commands took, by their names.
  private static Map<String, Duration> commands(JsonNode flow, String phase) {
    Map<String, Duration> commands = new LinkedHashMap<>();
    for (JsonNode times : flow.path("phases")) {
      if (times.path("phase").asText().equals(phase)) {
        for (JsonNode one : times.path("terraform")) {
          Duration took = Duration.ofMillis(one.path("millis").asLong());
          commands.merge(one.path("command").asText(), took, Duration::plus);
        }
      }
    }
    return commands;
  }

  /// How much of a phase was the engine's own time, and how much the mesh's.
  private static void printTimes(
      List<Hop> hops, String engine, Map<String, Duration> commands, PrintWriter out) {
    Instant begin = hops.getFirst().sentAt();
    Instant end = hops.stream().map(Hop::doneAt).max(Comparator.naturalOrder()).orElse(begin);
    Duration all = Duration.between(begin, end);
    if (commands.isEmpty()) {
      out.printf("  %d hops in %s%n", hops.size(), millis(all));
      return;
    }
    Duration own = commands.values().stream().reduce(Duration.ZERO, Duration::plus);
    out.printf(
        "  %d hops in %s: %s's own %s, the mesh's %s%n",
        hops.size(), millis(all), engine, millis(own), millis(all.minus(own)));
    out.printf(
        "  %s: %s%n",
        engine,
        commands.entrySet().stream()
            .map(entry -> entry.getKey() + " " + millis(entry.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String what(Hop hop) {
    StringBuilder what = new StringBuilder(cut(hop.name(), 40));
    if (hop.attempt() > 1) {
      what.append(", attempt ").append(hop.attempt());
    }
    if (!hop.outcome().equals("ok")) {
      what.append(" (").append(hop.outcome()).append(')');
    }
    return what.toString();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
