package io.terrarium.atlas.ui.mesh;

import io.terrarium.core.hop.Hops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The services, queues and stores as a picture, with what goes to and fro between them.
///
/// @param ways the busy ones last, so that they lie on top
public record MeshMap(List<Spot> spots, List<Way> ways) {
  public static final int WIDTH = 1050;
  public static final int HEIGHT = 440;

  private static final int COLUMN = 170;
  private static final int ROW = 110;
  private static final int LEFT = 100;
  private static final int TOP = 55;

  private static final Map<String, Point> POINTS = new LinkedHashMap<>();
  private static final List<Edge> EDGES = new ArrayList<>();

  static {
    place("client", 0, 2);
    place("git-host", 0, 3);
    place("router", 1, 2);
    place("registry-worker", 1, 3);
    place("postgres", 2, 0);
    place("atlas", 2, 1);
    place("registry-api", 2, 3);
    place("redis", 3, 0);
    place("outbound-proxy", 3, 1);
    place("archivist", 3, 2);
    place("vault", 3, 3);
    place("sidekiq-worker", 4, 0);
    place("slug-ingress", 4, 1);
    place("s3", 4, 3);
    place("state-parser", 5, 0);
    place("build-manager", 5, 1);
    place("rabbitmq", 5, 2);
    place("build-worker", 5, 3);
    connect("client", "router");
    connect("git-host", "router");
    connect("router", "atlas");
    connect("router", "registry-api");
    connect("router", "archivist");
    connect("atlas", "postgres");
    connect("atlas", "redis");
    connect("redis", "sidekiq-worker");
    connect("sidekiq-worker", "build-manager");
    connect("sidekiq-worker", "state-parser");
    connect("sidekiq-worker", "slug-ingress");
    connect("sidekiq-worker", "outbound-proxy");
    connect("build-manager", "rabbitmq");
    connect("rabbitmq", "build-worker");
    connect("build-manager", "router");
    connect("build-worker", "archivist");
    connect("archivist", "vault");
    connect("archivist", "s3");
    connect("slug-ingress", "archivist");
    connect("slug-ingress", "outbound-proxy");
    connect("registry-api", "archivist");
    connect("registry-worker", "archivist");
  }

  private record Point(int x, int y) {}

  /// Without a direction.
  private record Edge(String one, String other) {
    static Edge of(String one, String other) {
      return one.compareTo(other) < 0 ? new Edge(one, other) : new Edge(other, one);
    }
  }

  /// @param status `UP`, `DOWN`, `UNKNOWN`, or "" where nobody says
  /// @param words what there is to tell of it, in a few words
  public record Spot(String name, int x, int y, String status, String words) {
    public String colour() {
      return switch (status) {
        case "UP" -> "good";
        case "DOWN" -> "bad";
        case "UNKNOWN" -> "wait";
        default -> "";
      };
    }
  }

  /// @param hops within the last minute
  public record Way(
      String one, String other, int x1, int y1, int x2, int y2, long hops, boolean isBad) {
    /// One of four widths.
    public String width() {
      return hops == 0 ? "still" : hops < 10 ? "thin" : hops < 100 ? "busy" : "thick";
    }
  }

  private static void place(String name, int column, int row) {
    POINTS.put(name, new Point(LEFT + column * COLUMN, TOP + row * ROW));
  }

  private static void connect(String one, String other) {
    EDGES.add(Edge.of(one, other));
  }

  /// @param statuses of services, by name
  /// @param words of services, by name
  static MeshMap of(
      Map<String, String> statuses, Map<String, String> words, List<Hops.Traffic> traffic) {
    Map<Edge, Long> hops = new HashMap<>();
    Set<Edge> bad = new HashSet<>();
    for (Hops.Traffic one : traffic) {
      for (Edge edge : edges(one)) {
        hops.merge(edge, one.hops(), Long::sum);
        if (one.failed() > 0) {
          bad.add(edge);
        }
      }
    }
    Set<Edge> all = new HashSet<>(EDGES);
    hops.keySet().stream().filter(MeshMap::isDrawn).forEach(all::add);
    List<Way> ways =
        all.stream()
            .map(edge -> way(edge, hops.getOrDefault(edge, 0L), bad.contains(edge)))
            .sorted((left, right) -> Long.compare(left.hops(), right.hops()))
            .toList();
    List<Spot> spots = new ArrayList<>();
    POINTS.forEach((name, point) ->
        spots.add(
            new Spot(
                name,
                point.x(),
                point.y(),
                statuses.getOrDefault(name.equals("s3") ? "object-storage" : name, ""),
                words.getOrDefault(name, ""))));
    return new MeshMap(List.copyOf(spots), ways);
  }

  /// What waits on the way passes by where it waits.
  private static List<Edge> edges(Hops.Traffic one) {
    return switch (one.medium()) {
      case REDIS -> List.of(Edge.of(one.from(), "redis"), Edge.of("redis", one.to()));
      case RABBITMQ -> List.of(Edge.of(one.from(), "rabbitmq"), Edge.of("rabbitmq", one.to()));
      case HTTP, S3, POSTGRESQL, VAULT -> List.of(Edge.of(one.from(), one.to()));
    };
  }

  private static boolean isDrawn(Edge edge) {
    return POINTS.containsKey(edge.one())
        && POINTS.containsKey(edge.other())
        && !edge.one().equals(edge.other());
  }

  private static Way way(Edge edge, long hops, boolean isBad) {
    Point one = Objects.requireNonNull(POINTS.get(edge.one()));
    Point other = Objects.requireNonNull(POINTS.get(edge.other()));
    return new Way(edge.one(), edge.other(), one.x(), one.y(), other.x(), other.y(), hops, isBad);
  }
}
