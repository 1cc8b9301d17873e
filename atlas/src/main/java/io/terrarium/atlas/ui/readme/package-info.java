/// READMEs, which are written by anybody, as pieces of pages. Neighbours: whatever has a README.
@NullMarked
package io.terrarium.atlas.ui.readme;

import org.jspecify.annotations.NullMarked;
