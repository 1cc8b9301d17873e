/// The API of `core.runtrigger`.
@NullMarked
package io.terrarium.atlas.api.runtrigger;

import org.jspecify.annotations.NullMarked;
