/// Pages of variable sets: which there are, what is in them, what they reach. Neighbours: the frame
/// of pages, the forms of variables, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.variableset;

import org.jspecify.annotations.NullMarked;
