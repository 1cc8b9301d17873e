package io.terrarium.operations.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The columns whose values vault protects, and by which of its keys: those of core.
final class SealedColumns {
  /// Every such column is called so; one that is not below is refused, not passed on as it is.
  private static final String SUFFIX = "_ciphertext";

  private static final Map<String, Column> TABLE =
      Map.of(
          "variables.value_ciphertext", new Column("atlas_variables", false),
          "runs.variables_ciphertext", new Column("atlas_runs", false),
          "runs.pinned_variables_ciphertext", new Column("atlas_variables", true),
          "state_version_outputs.value_ciphertext", new Column("atlas_outputs", false),
          "ssh_keys.value_ciphertext", new Column("atlas_ssh_keys", false),
          "notification_configurations.token_ciphertext", new Column("atlas_notifications", false));

  private SealedColumns() {}

  /// @param vaultKey its values are sealed by
  /// @param isNested the column is a JSON list whose members have a `ciphertext`
  private record Column(String vaultKey, boolean isNested) {}

  /// Turns many values at once into others.
  @FunctionalInterface
  interface Exchange {
    List<String> all(String vaultKey, List<String> values);
  }

  static boolean areIn(SnapshotRecord.Table table) {
    return table.columns().stream().anyMatch(column -> find(table.name(), column).isPresent());
  }

  /// @throws IllegalStateException when a column looks sealed and nobody has said by which key
  private static Optional<Column> find(String table, String column) {
    Column known = TABLE.get(table + "." + column);
    if (known == null && column.endsWith(SUFFIX)) {
      throw new IllegalStateException(
          table + "." + column + " looks like ciphertext, and backup does not know its vault key");
    }
    return Optional.ofNullable(known);
  }

  /// The same lines with each sealed value exchanged, at the cost of one call for each vault key.
  static List<String> exchanged(SnapshotRecord.Table table, List<String> lines, Exchange exchange) {
    List<List<@Nullable String>> rows = lines.stream().map(CopyLine::fields).toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    visit(
        table,
        rows,
        (vaultKey, value) -> {
          values.computeIfAbsent(vaultKey, _ -> new ArrayList<>()).add(value);
          return value;
        });
    Map<String, Iterator<String>> answers = new LinkedHashMap<>();
    values.forEach(
        (vaultKey, all) -> answers.put(vaultKey, exchange.all(vaultKey, all).iterator()));
    visit(table, rows, (vaultKey, _) -> answer(answers, vaultKey));
    return rows.stream().map(CopyLine::of).toList();
  }

  /// Lines as COPY has them.
  static byte[] lines(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String answer(Map<String, Iterator<String>> answers, String vaultKey) {
    return Objects.requireNonNull(answers.get(vaultKey)).next();
  }

  @FunctionalInterface
  private interface Visitor {
    String visit(String vaultKey, String value);
  }

  /// In the same order each time.
  private static void visit(
      SnapshotRecord.Table table, List<List<@Nullable String>> rows, Visitor visitor) {
    for (int at = 0; at < table.columns().size(); at++) {
      Column column = find(table.name(), table.columns().get(at)).orElse(null);
      if (column == null) {
        continue;
      }
      for (List<@Nullable String> row : rows) {
        String value = row.get(at);
        if (value != null) {
          UnaryOperator<String> one = each -> visitor.visit(column.vaultKey(), each);
          row.set(at, column.isNested() ? nested(value, one) : one.apply(value));
        }
      }
    }
  }

  private static String nested(String list, UnaryOperator<String> exchange) {
    try {
      JsonNode members = Json.SNAKE.readTree(list);
      for (JsonNode member : members) {
        JsonNode ciphertext = member.path("ciphertext");
        if (ciphertext.isTextual() && member instanceof ObjectNode object) {
          object.put("ciphertext", exchange.apply(ciphertext.textValue()));
        }
      }
      return Json.SNAKE.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of pinned variables is no JSON", e);
    }
  }
}
