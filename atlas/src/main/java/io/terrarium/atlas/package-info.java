/// The web service: API v2, internal callbacks, dispatcher and sweeper.
@NullMarked
package io.terrarium.atlas;

import org.jspecify.annotations.NullMarked;
