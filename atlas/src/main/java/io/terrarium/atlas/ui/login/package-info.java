/// `terraform login`: the page where somebody agrees, and what gives terraform its token.
/// Neighbours: the frame of pages, and the noun of the same name in core.
@NullMarked
package io.terrarium.atlas.ui.login;

import org.jspecify.annotations.NullMarked;
