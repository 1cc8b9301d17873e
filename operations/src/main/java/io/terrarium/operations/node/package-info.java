/// This node among the others: its beats, and how it is drained. What it has in hand is known to
/// atlas (builds) and to Redis (jobs).
@NullMarked
package io.terrarium.operations.node;

import org.jspecify.annotations.NullMarked;
