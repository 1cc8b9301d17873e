/// Which workspaces set off runs in which, on pages. The neighbours are core's run triggers and the
/// settings of workspaces.
@NullMarked
package io.terrarium.atlas.ui.runtrigger;

import org.jspecify.annotations.NullMarked;
