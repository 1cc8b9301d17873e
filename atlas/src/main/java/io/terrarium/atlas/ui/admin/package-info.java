/// Pages of the administration of the whole site, which nobody but site admins may know of.
/// Neighbours: the frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.admin;

import org.jspecify.annotations.NullMarked;
