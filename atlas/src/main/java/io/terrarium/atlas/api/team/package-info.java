/// Teams, who is in them, and what they may do in projects and workspaces.
@NullMarked
package io.terrarium.atlas.api.team;

import org.jspecify.annotations.NullMarked;
