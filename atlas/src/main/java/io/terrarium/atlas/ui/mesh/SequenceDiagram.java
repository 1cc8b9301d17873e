package io.terrarium.atlas.ui.mesh;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The hops of a flow as a picture: who takes part stands side by side, time goes down.
///
/// @param lifelines from left to right
/// @param arrows from top to bottom
public record SequenceDiagram(List<Lifeline> lifelines, List<Arrow> arrows, int width, int height) {
  // The eight parts of a run fit into a window of 1,200 pixels.
  private static final int COLUMN = 115;
  private static final int HEAD = 10;
  private static final int ROW = 36;
  private static final int MARGIN = 12;

  public SequenceDiagram {
    lifelines = List.copyOf(lifelines);
    arrows = List.copyOf(arrows);
  }

  /// @param x of its middle
  public record Lifeline(String name, int x) {}

  /// @param number from 1, in the order in which the hops were sent
  /// @param after since the first of them
  /// @param took from when it was received until it was done with
  public record Arrow(
      int number, Hop hop, int fromX, int toX, int y, Duration after, Duration took) {
    /// Where its words stand: between the two.
    public int middle() {
      return (fromX + toX) / 2;
    }

    public boolean isGood() {
      return hop.outcome().equals("ok");
    }

    /// Whether it waits on the way.
    public boolean isQueued() {
      return hop.medium() == Medium.REDIS || hop.medium() == Medium.RABBITMQ;
    }

    public String afterWords() {
      return String.format(Locale.ROOT, "%.3f s", after.toMillis() / 1000.0);
    }

    public String tookWords() {
      return took.toMillis() + " ms";
    }

    /// What it goes over, as people say it.
    public String over() {
      return switch (hop.medium()) {
        case HTTP -> "HTTP";
        case REDIS -> "a queue in Redis";
        case RABBITMQ -> "RabbitMQ";
        case S3 -> "S3";
        case POSTGRESQL -> "PostgreSQL";
        case VAULT -> "Vault's API";
      };
    }
  }

  static SequenceDiagram of(List<Hop> hops) {
    List<String> names =
        hops.stream()
            .flatMap(hop -> Stream.of(hop.from(), hop.to()))
            .distinct()
            .sorted(Comparator.comparingInt(Role::place).thenComparing(name -> name))
            .toList();
    List<Lifeline> lifelines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lifelines.add(new Lifeline(names.get(i), MARGIN + COLUMN / 2 + i * COLUMN));
    }
    List<Arrow> arrows = new ArrayList<>();
    for (Hop hop : hops) {
      arrows.add(arrow(arrows.size(), hop, names, hops.getFirst().sentAt()));
    }
    return new SequenceDiagram(
        lifelines, arrows, 2 * MARGIN + COLUMN * names.size(), HEAD + ROW * (hops.size() + 1));
  }

  private static Arrow arrow(int index, Hop hop, List<String> names, Instant start) {
    return new Arrow(
        index + 1,
        hop,
        MARGIN + COLUMN / 2 + names.indexOf(hop.from()) * COLUMN,
        MARGIN + COLUMN / 2 + names.indexOf(hop.to()) * COLUMN,
        HEAD + ROW * (index + 1),
        Duration.between(start, hop.sentAt()),
        Duration.between(hop.receivedAt(), hop.doneAt()));
  }
}
