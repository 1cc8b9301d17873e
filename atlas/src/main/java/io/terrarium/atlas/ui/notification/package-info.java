/// Whom a workspace tells of its runs, on pages. The neighbours are core's notifications and the
/// settings of workspaces.
@NullMarked
package io.terrarium.atlas.ui.notification;

import org.jspecify.annotations.NullMarked;
