package io.terrarium.operations.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Samples as text, for Prometheus or as JSON.
final class Exposition {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000 UTC'").withZone(ZoneOffset.UTC);

  private Exposition() {}

  /// The documents' names with underscores, each kind of series under one head.
  static String prometheus(List<Sample> samples) {
    Map<String, List<Sample>> byName =
        samples.stream()
            .collect(Collectors.groupingBy(Sample::name, TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    byName.forEach((name, series) -> {
      String shown = name.replace('.', '_');
      String kind = series.getFirst().kind().name().toLowerCase(Locale.ROOT);
      text.append("# TYPE ").append(shown).append(' ').append(kind).append('\n');
      series.forEach(sample ->
          text.append(shown)
              .append(labels(sample.labels()))
              .append(' ')
              .append(number(sample.value()))
              .append('\n'));
    });
    return text.toString();
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /// Never in the form of powers of ten, which not every reader takes.
  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /// In the form of HashiCorp's own library for metrics, as far as it fits what is known here.
  static Summary json(List<Sample> samples, Instant now) {
    List<Summary.Gauge> gauges = new ArrayList<>();
    List<Summary.Counter> counters = new ArrayList<>();
    for (Sample sample : samples) {
      switch (sample.kind()) {
        case GAUGE -> gauges.add(new Summary.Gauge(sample.name(), sample.value(), sample.labels()));
        case COUNTER ->
            counters.add(
                new Summary.Counter(sample.name(), (long) sample.value(), sample.labels()));
      }
    }
    return new Summary(TIMESTAMP.format(now), gauges, counters);
  }

  record Summary(
      @JsonProperty("Timestamp") String timestamp,
      @JsonProperty("Gauges") List<Gauge> gauges,
      @JsonProperty("Counters") List<Counter> counters) {
    record Gauge(
        @JsonProperty("Name") String name,
        @JsonProperty("Value") double value,
        @JsonProperty("Labels") Map<String, String> labels) {}

    record Counter(
        @JsonProperty("Name") String name,
        @JsonProperty("Count") long count,
        @JsonProperty("Labels") Map<String, String> labels) {}
  }
}
