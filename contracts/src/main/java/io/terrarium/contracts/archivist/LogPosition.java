package io.terrarium.contracts.archivist;

/// Archivist's answer to an append: how long the log is now, in raw bytes (without STX and ETX).
/// With status 409 the append was refused, and this is where to resume.
public record LogPosition(long length, boolean ended) {}
