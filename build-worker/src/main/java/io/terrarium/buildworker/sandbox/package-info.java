/// Processes of a build: started, watched over, interrupted and killed.
@NullMarked
package io.terrarium.buildworker.sandbox;

import org.jspecify.annotations.NullMarked;
