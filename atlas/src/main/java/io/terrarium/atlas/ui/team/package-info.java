/// Pages of teams: which there are, who is in them, what they may do in the organization and in
/// workspaces. Neighbours: the frame of pages and of a workspace's settings; teams in core.
@NullMarked
package io.terrarium.atlas.ui.team;

import org.jspecify.annotations.NullMarked;
