package io.terrarium.operations.backup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The tables of the schema as PostgreSQL's catalogue tells of them.
record Catalogue(String schema, List<SnapshotRecord.Table> tables, List<Reference> references) {
  /// Rows of `table` name rows of `target`.
  record Reference(String table, String target) {}

  /// The tables, each behind those that its rows name, so that foreign keys hold at each step.
  ///
  /// @throws IllegalStateException when tables name each other
  List<SnapshotRecord.Table> inOrder() {
    List<SnapshotRecord.Table> waiting = new ArrayList<>(tables);
    List<SnapshotRecord.Table> ordered = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    while (!waiting.isEmpty()) {
      List<SnapshotRecord.Table> ready =
          waiting.stream().filter(table -> done.containsAll(targets(table.name()))).toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("tables name each other in a circle: " + waiting);
      }
      ready.forEach(table -> done.add(table.name()));
      ordered.addAll(ready);
      waiting.removeAll(ready);
    }
    return List.copyOf(ordered);
  }

  /// A row may name one of its own table: keys are checked when all of them are there.
  private Set<String> targets(String table) {
    Set<String> targets = new LinkedHashSet<>();
    for (Reference reference : references) {
      if (reference.table().equals(table) && !reference.target().equals(table)) {
        targets.add(reference.target());
      }
    }
    return targets;
  }
}
