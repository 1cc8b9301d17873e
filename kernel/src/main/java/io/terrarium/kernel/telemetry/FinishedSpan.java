package io.terrarium.kernel.telemetry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Something that a service did, when it is over.
///
/// @param service who did it
/// @param own its place
/// @param parent what it was a part of
/// @param cause another trace that it follows from
/// @param isMessage whether it was asked for by a message, else by a call
/// @param error why it failed, if it did
public record FinishedSpan(
    String service,
    String name,
    TraceContext own,
    Optional<TraceContext> parent,
    Optional<TraceContext> cause,
    boolean isMessage,
    Instant start,
    Instant end,
    Optional<String> error,
    Map<String, String> attributes) {}
