/// What the services of one machine know of each other: whether it is drained.
@NullMarked
package io.terrarium.contracts.node;

import org.jspecify.annotations.NullMarked;
