/// The lines of the log: one JSON object each, with the ids of the work that they are about.
@NullMarked
package io.terrarium.kernel.log;

import org.jspecify.annotations.NullMarked;
