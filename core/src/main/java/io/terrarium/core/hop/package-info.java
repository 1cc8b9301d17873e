/// The flow trace: each hop of each flow.
@NullMarked
package io.terrarium.core.hop;

import org.jspecify.annotations.NullMarked;
