package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// What was measured so far.
final class Figures {
  private static final String ROW = "%-30s %10s %10s %10s %10s%n";

  private final Map<Figure, Double> values = new EnumMap<>(Figure.class);
  private final Map<Page, Page.Seen> pages = new EnumMap<>(Page.class);
  private final Consumer<String> told;

  /// @param told hears of each figure once it is there
  Figures(Consumer<String> told) {
    this.told = told;
  }

  void put(Figure figure, double value) {
    values.put(figure, value);
    told.accept(
        "  %-52s %s %s".formatted(figure.words(), shown(value), figure.unit()).stripTrailing());
  }

  void put(Page page, Page.Seen seen) {
    pages.put(page, seen);
    told.accept(
        "  %-30s %s ms, %s ms, %s KB, %s queries"
            .formatted(
                page.words(),
                shown(seen.millisP50()),
                shown(seen.millisP99()),
                shown(seen.kb()),
                shown(seen.queries())));
  }

  /// One object: every figure by its key, null where it was not measured, each page that was looked
  /// at by its own, and the machine.
  String json(Machine machine) {
    ObjectNode json = Json.SNAKE.createObjectNode();
    for (Figure figure : Figure.values()) {
      Double value = values.get(figure);
      if (value == null) {
        json.putNull(figure.key());
      } else {
        json.put(figure.key(), exact(value));
      }
    }
    ObjectNode byPage = json.putObject("pages");
    pages.forEach((page, seen) ->
        byPage
            .putObject(page.key())
            .put("first_byte_ms_p50", exact(seen.millisP50()))
            .put("first_byte_ms_p99", exact(seen.millisP99()))
            .put("kb", exact(seen.kb()))
            .put("queries", exact(seen.queries())));
    json.set("machine", machine.json());
    try {
      return Json.SNAKE.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
  }

  private static BigDecimal exact(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
  }

  void print(Machine machine, PrintWriter out) {
    out.printf("%nterrarium %s, terraform %s%n", machine.terrarium(), machine.terraform());
    out.printf(
        "%d × %s, %,d MB, %s, %s%n",
        machine.cpus(), machine.cpu(), machine.memoryMb(), machine.os(), machine.jdk());
    for (Part part : Part.values()) {
      boolean first = true;
      for (Map.Entry<Figure, Double> entry : values.entrySet()) {
        Figure figure = entry.getKey();
        if (figure.part() == part) {
          out.print(first ? "\n" : "");
          first = false;
          out.printf(
              "%-52s %12s %-5s %s%n",
              figure.words(),
              shown(entry.getValue()),
              figure.unit(),
              figure.verdict(entry.getValue()));
        }
      }
    }
    if (!pages.isEmpty()) {
      printPages(out);
    }
    out.flush();
  }

  private void printPages(PrintWriter out) {
    out.println();
    out.printf(ROW, "first byte of a page", "p50, ms", "p99, ms", "KB", "queries");
    pages.forEach((page, seen) ->
        out.printf(
            ROW,
            page.words(),
            shown(seen.millisP50()),
            shown(seen.millisP99()),
            shown(seen.kb()),
            shown(seen.queries())));
  }

  private static String shown(double value) {
    String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
