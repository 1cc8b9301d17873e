/// Pages of workspaces: the list with its filters, a new one, one in particular. Neighbours: the
/// frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.workspace;

import org.jspecify.annotations.NullMarked;
