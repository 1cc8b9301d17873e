/// Runs: their state machine, their two phases with claims, queueing per workspace.
@NullMarked
package io.terrarium.core.run;

import org.jspecify.annotations.NullMarked;
