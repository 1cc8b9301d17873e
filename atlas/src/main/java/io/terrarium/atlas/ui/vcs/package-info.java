/// Pages of what comes from Git hosts. Neighbours: the frame of pages, pages of connections, and
/// the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.vcs;

import org.jspecify.annotations.NullMarked;
