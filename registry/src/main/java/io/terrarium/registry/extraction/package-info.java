/// From a slug to what stands in its modules, and the worker that goes from one to the next.
@NullMarked
package io.terrarium.registry.extraction;

import org.jspecify.annotations.NullMarked;
