package io.terrarium.contracts.node;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What nodes tell of themselves.
public final class NodeGoldens {
  private NodeGoldens() {}

  public static List<Golden<?>> all() {
    return Stream.of(NodeEntry.Drain.values()).<Golden<?>>map(NodeGoldens::golden).toList();
  }

  private static Golden<NodeEntry> golden(NodeEntry.Drain drain) {
    return new Golden<>(
        "node-entry-" + drain.name().toLowerCase(Locale.ROOT),
        new NodeEntry(
            "node-1",
            "0.1.0",
            "boot-Lz4tq7GbXcR1sWn2",
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Map.of("atlas", "UP"),
            10,
            7,
            2,
            drain),
        new Wire.Body<>(NodeEntry.class));
  }
}
