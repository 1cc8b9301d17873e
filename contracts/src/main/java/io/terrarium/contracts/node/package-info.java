/// What services know of machines: which are there, how they are, whether they are drained.
@NullMarked
package io.terrarium.contracts.node;

import org.jspecify.annotations.NullMarked;
