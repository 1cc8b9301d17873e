/// The flow trace; ours, beside API v2.
@NullMarked
package io.terrarium.atlas.api.flow;

import org.jspecify.annotations.NullMarked;
