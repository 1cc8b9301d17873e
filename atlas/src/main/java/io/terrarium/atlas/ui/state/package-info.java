/// Pages of the states of a workspace: which there are, what stands in one, what has changed
/// between two, and the way back to one. Neighbours: the frame of pages; state versions in core.
@NullMarked
package io.terrarium.atlas.ui.state;

import org.jspecify.annotations.NullMarked;
