/// Pages of variables: those of a workspace, and the forms for them and for those of sets.
/// Neighbours: the frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.variable;

import org.jspecify.annotations.NullMarked;
