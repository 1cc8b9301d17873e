/// State versions and their outputs: pending until their bytes are stored, then finalized, then
/// parsed. Neighbours: workspace (owns them), run (applies make them), outbox (has them parsed).
@NullMarked
package io.terrarium.core.stateversion;

import org.jspecify.annotations.NullMarked;
