/// The API of `core.variableset`.
@NullMarked
package io.terrarium.atlas.api.variableset;

import org.jspecify.annotations.NullMarked;
