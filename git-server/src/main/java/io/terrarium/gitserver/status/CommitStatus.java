package io.terrarium.gitserver.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody says of a commit.
///
/// @param status `pending`, `success`, `error`, `failure` or `warning`
/// @param context who says so, in a word
record CommitStatus(
    long id,
    String status,
    String context,
    String description,
    @Nullable String targetUrl,
    Instant createdAt) {}
