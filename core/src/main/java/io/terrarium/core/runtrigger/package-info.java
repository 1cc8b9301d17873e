/// Run triggers: an apply in one workspace queues a run in another. Neighbours: run (tells of
/// applies, makes the runs), workspace (both ends).
@NullMarked
package io.terrarium.core.runtrigger;

import org.jspecify.annotations.NullMarked;
