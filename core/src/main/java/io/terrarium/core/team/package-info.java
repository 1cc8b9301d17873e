/// Teams of an organization, and what they may do in it, in its projects and in its workspaces.
/// Neighbours: access (reads all of it before every use case), membership (who is in a team).
@NullMarked
package io.terrarium.core.team;

import org.jspecify.annotations.NullMarked;
