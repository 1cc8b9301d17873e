/// What of the mesh is up: asks each service, which names what it depends on and does not reach.
@NullMarked
package io.terrarium.operations.health;

import org.jspecify.annotations.NullMarked;
