/// Pages of providers of the private registry: the list, one with its versions and platforms.
/// Neighbours: the frame of pages, pages of modules, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.registryprovider;

import org.jspecify.annotations.NullMarked;
