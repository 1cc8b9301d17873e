package io.terrarium.contracts.ingress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A commit as Git tells of it.
///
/// @param sha 40 hex digits
/// @param branch the one it was looked up by, the default branch where none was asked for; absent
///   for a tag
public record GitCommit(
    String sha,
    @Nullable String branch,
    String message,
    String authorName,
    String authorEmail,
    Instant committedAt) {}
