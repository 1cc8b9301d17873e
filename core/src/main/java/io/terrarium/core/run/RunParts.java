package io.terrarium.core.run;

import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;

/// What everything about runs is built from.
///
/// @param wakeDispatcher called after a commit that may let waiting phases out
public record RunParts(
    Database database, Outbox outbox, Clock clock, Ids ids, Runnable wakeDispatcher) {}
