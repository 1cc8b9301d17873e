/// The build's log on its way to archivist.
@NullMarked
package io.terrarium.buildworker.output;

import org.jspecify.annotations.NullMarked;
