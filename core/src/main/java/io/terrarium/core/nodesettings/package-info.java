/// What the nodes of active/active must have in common. Neighbours: the command, which joins the
/// nodes before it starts the services that use the settings.
@NullMarked
package io.terrarium.core.nodesettings;

import org.jspecify.annotations.NullMarked;
