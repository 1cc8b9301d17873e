/// Pages of projects: which there are, new ones, what they are called. Neighbours: the frame of
/// pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.project;

import org.jspecify.annotations.NullMarked;
