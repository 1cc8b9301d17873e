/// Pages of organizations: which there are, and a new one. Neighbours: the frame of pages, and the
/// noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.organization;

import org.jspecify.annotations.NullMarked;
