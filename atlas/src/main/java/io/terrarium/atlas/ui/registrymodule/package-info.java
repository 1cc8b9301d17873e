/// Pages of modules of the private registry: the list, one with its versions, a new one.
/// Neighbours: the frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.registrymodule;

import org.jspecify.annotations.NullMarked;
