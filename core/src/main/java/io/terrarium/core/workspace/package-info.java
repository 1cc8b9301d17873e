/// Workspaces with their settings, tags and locks. Neighbours: project and organization (own them),
/// run (holds their lock), stateversion and variable (belong to them).
@NullMarked
package io.terrarium.core.workspace;

import org.jspecify.annotations.NullMarked;
