/// Looking at things that may be dead or hang. Used by the health of every service.
@NullMarked
package io.terrarium.kernel.probe;

import org.jspecify.annotations.NullMarked;
