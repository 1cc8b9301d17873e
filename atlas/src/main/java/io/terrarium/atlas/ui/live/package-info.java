/// Tells pages that are open when to look again. Neighbours: changes in core; the pages, which ask
/// for the piece that has changed.
@NullMarked
package io.terrarium.atlas.ui.live;

import org.jspecify.annotations.NullMarked;
