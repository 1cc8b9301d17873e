/// What the other services of the mesh call: claims, results, stored objects, hops.
@NullMarked
package io.terrarium.atlas.internal;

import org.jspecify.annotations.NullMarked;
