/// Wakes whoever watches something when it has changed. Neighbours: triggers in the schema, which
/// tell ids; pages that are open.
@NullMarked
package io.terrarium.core.live;

import org.jspecify.annotations.NullMarked;
