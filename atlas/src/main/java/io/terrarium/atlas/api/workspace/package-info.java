/// The API of `core.workspace`.
@NullMarked
package io.terrarium.atlas.api.workspace;

import org.jspecify.annotations.NullMarked;
