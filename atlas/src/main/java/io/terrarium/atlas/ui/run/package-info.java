/// Pages of runs. Neighbours: the frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.run;

import org.jspecify.annotations.NullMarked;
