/// The API of `core.stateversion`.
@NullMarked
package io.terrarium.atlas.api.stateversion;

import org.jspecify.annotations.NullMarked;
