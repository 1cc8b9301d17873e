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
  private final Map<Figure, Double> values = new EnumMap<>(Figure.class);
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

  /// One object: every figure by its key, null where it was not measured, and the machine.
  String json(Machine machine) {
    ObjectNode json = Json.SNAKE.createObjectNode();
    for (Figure figure : Figure.values()) {
      Double value = values.get(figure);
      if (value == null) {
        json.putNull(figure.key());
      } else {
        json.put(figure.key(), BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP));
      }
    }
    json.set("machine", machine.json());
    try {
      return Json.SNAKE.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
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
    out.flush();
  }

  private static String shown(double value) {
    String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
