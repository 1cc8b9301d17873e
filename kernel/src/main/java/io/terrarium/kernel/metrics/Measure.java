package io.terrarium.kernel.metrics;

import com.fasterxml.jackson.annotation.JsonValue;

/// What can be told of a container, by the names and in the units of Terraform Enterprise's
/// metrics.
public enum Measure {
  /// Nanoseconds.
  CPU_USER("cpu.usage.user", Kind.COUNTER),
  CPU_KERNEL("cpu.usage.kernel", Kind.COUNTER),
  MEMORY_USED("memory.used_bytes", Kind.GAUGE),
  MEMORY_LIMIT("memory.limit", Kind.GAUGE),
  NETWORK_RX_BYTES("network.rx_bytes_total", Kind.COUNTER),
  NETWORK_RX_PACKETS("network.rx_packets_total", Kind.COUNTER),
  NETWORK_TX_BYTES("network.tx_bytes_total", Kind.COUNTER),
  NETWORK_TX_PACKETS("network.tx_packets_total", Kind.COUNTER),
  DISK_READ_OPERATIONS("disk.io_op_read_total", Kind.COUNTER),
  DISK_WRITE_OPERATIONS("disk.io_op_write_total", Kind.COUNTER),
  DISK_READ_BYTES("disk.io_bytes_read_total", Kind.COUNTER),
  DISK_WRITE_BYTES("disk.io_bytes_write_total", Kind.COUNTER),
  /// Threads count as well, as a container's limit counts them.
  PROCESS_COUNT("process_count", Kind.GAUGE),
  PROCESS_LIMIT("process_limit", Kind.GAUGE);

  private final String wire;
  private final Kind kind;

  /// Whether a value only ever grows.
  public enum Kind {
    COUNTER,
    GAUGE
  }

  Measure(String wire, Kind kind) {
    this.wire = wire;
    this.kind = kind;
  }

  @JsonValue
  public String wire() {
    return wire;
  }

  public Kind kind() {
    return kind;
  }
}
