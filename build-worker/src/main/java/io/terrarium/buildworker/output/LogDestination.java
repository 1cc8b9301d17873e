package io.terrarium.buildworker.output;

/// Where the log of a build goes.
///
/// @param path signed, at archivist
public record LogDestination(String path, int attempt) {}
