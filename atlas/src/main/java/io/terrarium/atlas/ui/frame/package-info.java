/// What all pages have in common: who looks at them, forms, the frame around a page, styles and
/// scripts. Neighbours: the pages of each noun beside this package, sessions in core.
@NullMarked
package io.terrarium.atlas.ui.frame;

import org.jspecify.annotations.NullMarked;
