/// The API of `core.retention`.
@NullMarked
package io.terrarium.atlas.api.retention;

import org.jspecify.annotations.NullMarked;
