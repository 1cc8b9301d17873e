package io.terrarium.operations.backup;

import io.terrarium.contracts.vault.SealedColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Exchanges what vault has sealed in lines of a table for other values.
final class SealedColumns {
  private SealedColumns() {}

  /// Turns many values at once into others.
  @FunctionalInterface
  interface Exchange {
    List<String> all(String vaultKey, List<String> values);
  }

  /// @throws IllegalStateException when a column looks sealed and nobody has said by which key
  static boolean areIn(SnapshotRecord.Table table) {
    return !of(table).isEmpty();
  }

  /// By their place in a line.
  private static Map<Integer, SealedColumn> of(SnapshotRecord.Table table) {
    Map<Integer, SealedColumn> sealed = new LinkedHashMap<>();
    for (int at = 0; at < table.columns().size(); at++) {
      int place = at;
      SealedColumn.of(table.name(), table.columns().get(at))
          .ifPresent(column -> sealed.put(place, column));
    }
    return sealed;
  }

  /// The same lines with each sealed value exchanged, at the cost of one call for each vault key.
  static List<String> exchanged(SnapshotRecord.Table table, List<String> lines, Exchange exchange) {
    Map<Integer, SealedColumn> sealed = of(table);
    List<List<@Nullable String>> rows = lines.stream().map(CopyLine::fields).toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    visit(
        sealed,
        rows,
        (column, cell) -> {
          values
              .computeIfAbsent(column.key(), _ -> new ArrayList<>())
              .addAll(column.cell().ciphertexts(cell));
          return cell;
        });
    Map<String, Iterator<String>> answers = new LinkedHashMap<>();
    values.forEach(
        (vaultKey, all) -> answers.put(vaultKey, exchange.all(vaultKey, all).iterator()));
    visit(sealed, rows, (column, cell) -> answered(column, cell, answers));
    return rows.stream().map(CopyLine::of).toList();
  }

  /// Lines as COPY has them.
  static byte[] lines(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String answered(
      SealedColumn column, String cell, Map<String, Iterator<String>> answers) {
    Iterator<String> next = Objects.requireNonNull(answers.get(column.key()));
    List<String> own = new ArrayList<>();
    column.cell().ciphertexts(cell).forEach(_ -> own.add(next.next()));
    return column.cell().with(cell, own);
  }

  @FunctionalInterface
  private interface Visitor {
    String visit(SealedColumn column, String cell);
  }

  /// In the same order each time.
  private static void visit(
      Map<Integer, SealedColumn> sealed, List<List<@Nullable String>> rows, Visitor visitor) {
    sealed.forEach((at, column) -> {
      for (List<@Nullable String> row : rows) {
        String cell = row.get(at);
        if (cell != null) {
          row.set(at, visitor.visit(column, cell));
        }
      }
    });
  }
}
