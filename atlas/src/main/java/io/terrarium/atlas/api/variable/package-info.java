/// The API of `core.variable`.
@NullMarked
package io.terrarium.atlas.api.variable;

import org.jspecify.annotations.NullMarked;
