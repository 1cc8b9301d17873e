package io.terrarium.mesh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a process of the mesh is about to do something to the world, or has just done it.
///
/// @param service as the supervisor names it
/// @param place such as `before commit of PhaseClaims.claim`
/// @param time the how manyeth passage of a run, from 1
record FaultPoint(String service, String place, int time) {
  /// What is done there, such as `commit`.
  String kind() {
    return place.substring(place.indexOf(' ') + 1, place.indexOf(" of "));
  }

  /// The server that hears of it, if it is one of those beside the services.
  String server() {
    return switch (kind()) {
      case "commit" -> "postgres";
      case "redis command", "job" -> "redis";
      case "send", "confirmed send", "acknowledge" -> "broker";
      case "store", "removal" -> "s3";
      default -> "";
    };
  }

  /// The passage before this one.
  FaultPoint earlier() {
    return new FaultPoint(service, place, time - 1);
  }

  /// One service after the other in turns: one that dies again and again is started again ever
  /// later.
  static List<FaultPoint> interleaved(List<FaultPoint> points) {
    Map<String, Deque<FaultPoint>> waiting = new LinkedHashMap<>();
    points.forEach(
        point -> waiting.computeIfAbsent(point.service(), _ -> new ArrayDeque<>()).add(point));
    List<FaultPoint> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      waiting.values().forEach(queue -> order.add(queue.poll()));
      waiting.values().removeIf(Deque::isEmpty);
    }
    return order;
  }

  @Override
  public String toString() {
    return service + " " + place + (time == 1 ? "" : " (" + time + ")");
  }
}
