/// Pages of who belongs to an organization. Neighbours: the frame of pages; memberships and teams
/// in core.
@NullMarked
package io.terrarium.atlas.ui.membership;

import org.jspecify.annotations.NullMarked;
